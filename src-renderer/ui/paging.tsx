import { Group, NativeSelect, Pagination, Text } from '@mantine/core';
import { useFormats } from './formats.ts';
import { PAGE_SIZES } from './page-sizes.ts';
import { useCommonTexts } from './strings.ts';

interface PagingProps {
  readonly page: number;
  readonly perPage: number;
  /** Of all pages. */
  readonly total: number;
  readonly onPage: (page: number) => void;
  /** Where how many stand on a page can be chosen. */
  readonly onPerPage?: (perPage: number) => void;
}

/** Where one is among the pages, and the way to the others. */
export function Paging({ page, perPage, total, onPage, onPerPage }: PagingProps) {
  const t = useCommonTexts();
  const { number } = useFormats();
  const pages = Math.ceil(total / perPage);
  const from = Math.min((page - 1) * perPage + 1, total);
  const shown = `${number(from)}–${number(Math.min(page * perPage, total))}`;
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed">
        {t('rows', { count: total, total: number(total), shown: total === 0 ? '0' : shown })}
      </Text>
      {onPerPage !== undefined && total > PAGE_SIZES[0] && (
        <NativeSelect
          size="xs"
          aria-label={t('perPage')}
          data={PAGE_SIZES.map((size) => ({ value: String(size), label: t('perPageOf', { number: size }) }))}
          value={String(perPage)}
          onChange={({ currentTarget }) => onPerPage(Number(currentTarget.value))}
        />
      )}
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={onPage}
          siblings={1}
          aria-label={t('pages')}
          getItemProps={(item) => ({ 'aria-label': String(item) })}
          getControlProps={(control) => ({
            'aria-label': t(control === 'next' || control === 'last' ? 'nextPage' : 'previousPage'),
          })}
        />
      )}
    </Group>
  );
}

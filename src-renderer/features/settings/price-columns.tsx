import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RecordOf } from '../../api/records.ts';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { usePriceTexts } from './price-strings.ts';
import styles from './settings.module.css';

type PriceRow = RecordOf<'prices'>;

/** What can be done with a price of the list. */
interface PriceActions {
  readonly onEdit: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

/** What is shown of each price. */
export function usePriceColumns({ onEdit, onRemove }: PriceActions): readonly Column<PriceRow>[] {
  const t = usePriceTexts();
  const common = useCommonTexts();
  const { cost } = useFormats();
  const amount = (value: number | undefined) => (value === undefined ? NOTHING : cost(value));
  return [
    {
      key: 'id',
      header: t('id'),
      render: ({ id, model }) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          className={styles.name ?? ''}
          onClick={() => onEdit(id)}
        >
          {id}
          {model !== undefined && (
            <Text size="xs" c="dimmed">
              {model}
            </Text>
          )}
        </Anchor>
      ),
    },
    {
      key: 'channel',
      header: t('forChannel'),
      isExtra: true,
      render: ({ channel }) => channel ?? t('anyChannel'),
    },
    {
      key: 'input',
      header: t('inputShort'),
      isFigure: true,
      sort: 'input',
      render: (row) => amount(row.input),
    },
    {
      key: 'output',
      header: t('outputShort'),
      isFigure: true,
      sort: 'output',
      render: (row) => amount(row.output),
    },
    { key: 'currency', header: t('currency'), isExtra: true, render: (row) => row.currency ?? NOTHING },
    {
      key: 'remove',
      header: '',
      render: ({ id }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${common('delete')} ${id}`}
          onClick={() => onRemove(id)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      ),
    },
  ];
}

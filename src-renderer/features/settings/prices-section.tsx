import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useRecords } from '../../api/record-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { useOpenedRecord } from '../../ui/use-opened-record.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { usePriceColumns } from './price-columns.tsx';
import { PriceForm } from './price-form.tsx';
import { PriceRemoval } from './price-removal.tsx';
import { usePriceTexts } from './price-strings.ts';

const PER_PAGE = 50;

/** The form of a price, as it was stored when it was opened. */
function Edit({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { query, opened, reopen } = useOpenedRecord('prices', id);
  if (opened === null) return <AnswerView query={query}>{() => null}</AnswerView>;
  return <PriceForm key={opened.etag} stored={opened} onClose={onClose} onReload={reopen} />;
}

type Open = { readonly kind: 'none' | 'new' } | { readonly kind: 'edit'; readonly id: string };

/** What models cost. */
export function PricesSection() {
  const t = usePriceTexts();
  const { values, change } = useUrlState(['page', 'sort']);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const [removing, setRemoving] = useState<string | null>(null);
  const page = Number(values.page || 1);
  const prices = useRecords('prices', { page, per_page: PER_PAGE, sort: values.sort });
  const columns = usePriceColumns({ onEdit: (id) => setOpen({ kind: 'edit', id }), onRemove: setRemoving });
  const close = (): void => setOpen({ kind: 'none' });
  const add = (
    <WhenWritable>
      <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setOpen({ kind: 'new' })}>
        {t('add')}
      </Button>
    </WhenWritable>
  );
  return (
    <Panel title={t('title')} actions={add}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('summary')}
        </Text>
        <AnswerView query={prices}>
          {({ items, total }) =>
            total === 0 ? (
              <Empty title={t('none')} />
            ) : (
              <>
                <DataTable
                  label={t('title')}
                  columns={columns}
                  rows={items}
                  rowKey={({ id }) => id}
                  sort={values.sort}
                  onSort={(sort) => change({ sort })}
                />
                <Paging
                  page={page}
                  perPage={PER_PAGE}
                  total={total}
                  onPage={(next) => change({ page: String(next) })}
                />
              </>
            )
          }
        </AnswerView>
      </Stack>
      {open.kind === 'new' && <PriceForm stored={null} onClose={close} onReload={close} />}
      {open.kind === 'edit' && <Edit id={open.id} onClose={close} />}
      <PriceRemoval id={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}

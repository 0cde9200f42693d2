import { ActionIcon, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useRecord, useRecords, useRemoveRecord } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Ask } from '../../ui/ask.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { Paging } from '../../ui/paging.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { PriceForm } from './price-form.tsx';
import { usePriceTexts } from './price-strings.ts';

const PER_PAGE = 50;
type PriceRow = RecordOf<'prices'>;

interface Actions {
  readonly onEdit: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

function useColumns({ onEdit, onRemove }: Actions): readonly Column<PriceRow>[] {
  const t = usePriceTexts();
  const common = useCommonTexts();
  const { cost } = useFormats();
  const amount = (value: number | undefined) => (value === undefined ? NOTHING : cost(value));
  return [
    {
      key: 'id',
      header: t('id'),
      render: ({ id, model }) => (
        <UnstyledButton onClick={() => onEdit(id)}>
          {id}
          {model !== undefined && (
            <Text size="xs" c="dimmed">
              {model}
            </Text>
          )}
        </UnstyledButton>
      ),
    },
    {
      key: 'channel',
      header: t('channel'),
      isExtra: true,
      render: ({ channel }) => channel ?? t('anyChannel'),
    },
    { key: 'input', header: t('input'), isFigure: true, sort: 'input', render: (row) => amount(row.input) },
    {
      key: 'output',
      header: t('output'),
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

interface RemovalProps {
  readonly id: string | null;
  readonly onClose: () => void;
}

function Removal({ id, onClose }: RemovalProps) {
  const t = usePriceTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const { mutate, isPending } = useRemoveRecord('prices');
  const run = (): void =>
    mutate(
      { id: id ?? '', force: false },
      {
        onSuccess: () => notifyDone(t('removed', { id: id ?? '' })),
        onError: (error) => notifyFailed(common('failed'), failureText(error)),
        onSettled: onClose,
      },
    );
  return (
    <Ask
      isOpen={id !== null}
      title={t('removeTitle', { id: id ?? '' })}
      action={common('delete')}
      isBusy={isPending}
      onAction={run}
      onClose={onClose}
    >
      <Text>{t('removeText')}</Text>
    </Ask>
  );
}

/** The form of a stored price, once it is read. */
function Edit({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const stored = useRecord('prices', id);
  return (
    <AnswerView query={stored}>
      {(price) => <PriceForm key={price.etag} stored={price} onClose={onClose} />}
    </AnswerView>
  );
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
  const columns = useColumns({ onEdit: (id) => setOpen({ kind: 'edit', id }), onRemove: setRemoving });
  const close = (): void => setOpen({ kind: 'none' });
  const add = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setOpen({ kind: 'new' })}>
      {t('add')}
    </Button>
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
      <Group>
        {open.kind === 'new' && <PriceForm stored={null} onClose={close} />}
        {open.kind === 'edit' && <Edit id={open.id} onClose={close} />}
      </Group>
      <Removal id={removing} onClose={() => setRemoving(null)} />
    </Panel>
  );
}

import { Badge, Chip, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { FATES, type Fate, type PlannedPerson } from '../../../../src-main/contract/people.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../../ui/formats.ts';
import { Paging } from '../../../ui/paging.tsx';
import { usePeopleTexts } from './strings.ts';
import type { PeopleAnswer } from './use-people.ts';

const COLORS: Readonly<Record<Fate, string>> = {
  new: 'teal',
  changed: 'blue',
  same: 'gray',
  duplicate: 'orange',
  mistake: 'red',
};
/** What an admin has to look at comes first. */
const ORDER: readonly Fate[] = ['mistake', 'duplicate', 'changed', 'new', 'same'];
const PER_PAGE = 20;

function Why({ person: { reason, changes, key } }: { readonly person: PlannedPerson }) {
  const t = usePeopleTexts();
  const words = {
    name: t('name'),
    department: t('department'),
    email: t('email'),
    phone: t('phone'),
    group: t('groupColumn'),
  };
  if (reason !== null) {
    return (
      <Text size="sm" c="red">
        {t(reason.code, { value: reason.value, row: reason.other_row ?? 0 })}
      </Text>
    );
  }
  return (
    <>
      {changes.map(({ member, before, after }) => (
        <Text size="xs" key={member}>
          {t('change', { member: words[member], before: before || t('nothing'), after })}
        </Text>
      ))}
      {key && (
        <Text size="xs" c="dimmed">
          {t('withKey')}
        </Text>
      )}
    </>
  );
}

function usePersonColumns(): readonly Column<PlannedPerson>[] {
  const t = usePeopleTexts();
  const text = (value: string): string => (value === '' ? NOTHING : value);
  return [
    { key: 'row', header: t('row'), isFigure: true, render: ({ row }) => row },
    { key: 'name', header: t('name'), render: ({ name }) => text(name) },
    {
      key: 'fate',
      header: t('fate'),
      render: (person) => (
        <>
          <Badge color={COLORS[person.fate]} variant="light" miw="max-content">
            {t(`fate_${person.fate}`)}
          </Badge>
          <Why person={person} />
        </>
      ),
    },
    {
      key: 'department',
      header: t('department'),
      isExtra: true,
      render: ({ department }) => text(department),
    },
    { key: 'email', header: t('email'), isExtra: true, render: ({ email }) => text(email) },
    { key: 'group', header: t('groupColumn'), isExtra: true, render: ({ group }) => text(group) },
  ];
}

interface FatesProps {
  readonly counts: PeopleAnswer['counts'];
  readonly total: number;
  readonly value: Fate | '';
  readonly onChange: (fate: Fate | '') => void;
}

function Fates({ counts, total, value, onChange }: FatesProps) {
  const t = usePeopleTexts();
  const { number } = useFormats();
  const there = FATES.filter((fate) => counts[fate] > 0);
  return (
    <Chip.Group value={value} onChange={(next) => onChange(there.find((fate) => fate === next) ?? '')}>
      <Group gap="xs" my="sm" role="radiogroup" aria-label={t('show')}>
        <Chip value="" size="xs">
          {t('all', { number: number(total) })}
        </Chip>
        {there.map((fate) => (
          <Chip key={fate} value={fate} size="xs">
            {`${t(`fate_${fate}`)} ${number(counts[fate])}`}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

/** What becomes of each row, those with a mistake first. */
export function PeoplePreview({ rows, counts }: Pick<PeopleAnswer, 'rows' | 'counts'>) {
  const t = usePeopleTexts();
  const columns = usePersonColumns();
  const [fate, setFate] = useState<Fate | ''>('');
  const [page, setPage] = useState(1);
  const shown = ORDER.flatMap((one) =>
    rows.filter((person) => person.fate === one && (fate === '' || fate === one)),
  );
  const current = Math.min(page, Math.max(1, Math.ceil(shown.length / PER_PAGE)));
  return (
    <div>
      <Fates counts={counts} total={rows.length} value={fate} onChange={setFate} />
      <DataTable
        label={t('preview')}
        columns={columns}
        rows={shown.slice((current - 1) * PER_PAGE, current * PER_PAGE)}
        rowKey={({ row }) => String(row)}
        isFaint={({ fate: one }) => one === 'same'}
      />
      <Paging page={current} perPage={PER_PAGE} total={shown.length} onPage={setPage} />
    </div>
  );
}

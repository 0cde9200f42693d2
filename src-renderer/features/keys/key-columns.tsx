import { Anchor, Code } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { type Names, useNames } from '../../api/names.ts';
import type { RecordOf } from '../../api/records.ts';
import type { Column } from '../../ui/data-table.tsx';
import { useFormats } from '../../ui/formats.ts';
import { LastUsed } from '../../ui/last-used.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { KeyStateBadge } from './key-state-badge.tsx';
import styles from './keys.module.css';
import { useKeysTexts } from './strings.ts';

/** Of how many of its channels a row knows the names. */
const MOST_NAMED = 5;

/** A Proxy-Key as the list shows it. */
export type KeyRow = RecordOf<'proxy-keys'>;

/** Where a key's own page is. */
export const pageOf = (id: string): string => `/keys/${encodeURIComponent(id)}`;

function KeyName({ row }: { readonly row: KeyRow }) {
  return (
    <Anchor component={Link} href={pageOf(row.id)} inherit className={styles.name} title={titleOf(row)}>
      {titleOf(row)}
    </Anchor>
  );
}

/** Some names in few words; `null` stands for all. */
function Few({ names }: { readonly names: readonly string[] | null }) {
  const t = useKeysTexts();
  const { number } = useFormats();
  if (names === null) return t('all');
  const [first, second] = names;
  if (first === undefined) return t('none');
  if (second === undefined) return first;
  return <span title={names.join(', ')}>{t('andMore', { first, number: number(names.length - 1) })}</span>;
}

function Expiry({ time }: { readonly time: string | undefined }) {
  const t = useKeysTexts();
  const format = useFormats();
  if (time === undefined) return t('never');
  return (
    <span className={styles.whole} title={format.time(time)}>
      {format.relative(time)}
    </span>
  );
}

function columnsOf(t: ReturnType<typeof useKeysTexts>, names: Names): readonly Column<KeyRow>[] {
  const channelName = (id: string): string => names.channels.get(id) ?? id;
  return [
    { key: 'name', header: t('name'), sort: 'name', cut: 'wide', render: (row) => <KeyName row={row} /> },
    {
      key: 'user',
      header: t('user'),
      cut: 'narrow',
      render: ({ user }) => (
        <Anchor component={Link} href={`/users/${encodeURIComponent(user)}`} inherit className={styles.name}>
          {names.users.get(user) ?? user}
        </Anchor>
      ),
    },
    {
      key: 'key',
      header: t('key'),
      isExtra: true,
      render: ({ key }) => <Code className={styles.whole}>{key}</Code>,
    },
    {
      key: 'channels',
      header: t('channels'),
      isExtra: true,
      cut: 'narrow',
      render: ({ channels }) => <Few names={channels?.map(({ id }) => channelName(id)) ?? null} />,
    },
    {
      key: 'models',
      header: t('models'),
      isExtra: true,
      cut: 'slim',
      render: ({ models }) => <Few names={models ?? null} />,
    },
    {
      key: 'expires',
      header: t('expires'),
      sort: 'expires_at',
      isExtra: true,
      render: ({ expires_at }) => <Expiry time={expires_at} />,
    },
    {
      key: 'last_used',
      header: t('lastUsed'),
      isWhole: true,
      sort: 'last_used_at',
      isExtra: true,
      render: ({ last_used_at }) => <LastUsed time={last_used_at} />,
    },
    { key: 'status', header: t('status'), sort: 'status', render: (row) => <KeyStateBadge record={row} /> },
  ];
}

/** The columns of a page of Proxy-Keys, with names in place of ids. @param select those in which they are chosen */
export function useKeyColumns(
  rows: readonly KeyRow[],
  select: readonly Column<KeyRow>[],
): readonly Column<KeyRow>[] {
  const t = useKeysTexts();
  const names = useNames({
    users: rows.map(({ user }) => user),
    channels: rows.flatMap(({ channels }) => channels?.slice(0, MOST_NAMED).map(({ id }) => id) ?? []),
  });
  return useMemo(() => [...select, ...columnsOf(t, names)], [select, t, names]);
}

import { Anchor, Checkbox, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING } from '../../ui/formats.ts';
import { LastUsed } from '../../ui/last-used.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';
import { useChannelsText } from './use-channels-text.ts';
import type { Selection } from './use-selection.ts';

type User = RecordOf<'users'>;

function NameCell({ user }: { readonly user: User }) {
  const title = titleOf(user);
  return (
    <>
      <Anchor component={Link} href={`/users/${encodeURIComponent(user.id)}`} fw={500} size="sm">
        {title}
      </Anchor>
      {title !== user.id && (
        <Text size="xs" c="dimmed">
          {user.id}
        </Text>
      )}
    </>
  );
}

function ChannelsCell({ user }: { readonly user: User }) {
  const t = useUsersTexts();
  const channelsText = useChannelsText();
  const own = channelsText(user.channels);
  if (user.group === undefined || user.channels === '*') return own;
  const hasOwn = user.channels !== undefined && user.channels.length > 0;
  return hasOwn ? t('andGroups', { own }) : t('onlyGroups');
}

/** The columns of the list of users. @param groupNames by id */
export function useUserColumns(
  selection: Selection<User>,
  groupNames: ReadonlyMap<string, string>,
): readonly Column<User>[] {
  const t = useUsersTexts();
  const common = useCommonTexts();
  return [
    {
      key: 'select',
      header: t('selectAll'),
      headerControl: (
        <Checkbox
          aria-label={t('selectAll')}
          checked={selection.isAll}
          indeterminate={selection.chosen.length > 0 && !selection.isAll}
          onChange={selection.toggleAll}
        />
      ),
      render: (user) => (
        <Checkbox
          aria-label={t('select', { name: titleOf(user) })}
          checked={selection.has(user)}
          onChange={() => selection.toggle(user)}
        />
      ),
    },
    { key: 'name', header: t('name'), sort: 'name', render: (user) => <NameCell user={user} /> },
    {
      key: 'department',
      header: t('department'),
      sort: 'department',
      isExtra: true,
      render: ({ department }) => department ?? NOTHING,
    },
    {
      key: 'group',
      header: t('group'),
      sort: 'group',
      isExtra: true,
      render: ({ group }) => (group === undefined ? NOTHING : (groupNames.get(group) ?? group)),
    },
    { key: 'channels', header: t('channels'), isExtra: true, render: (user) => <ChannelsCell user={user} /> },
    {
      key: 'status',
      header: t('status'),
      sort: 'status',
      render: ({ status }) => <StatusBadge status={status} />,
    },
    {
      key: 'last_used',
      header: common('lastUsed'),
      sort: 'last_used_at',
      isExtra: true,
      render: ({ last_used_at }) => <LastUsed time={last_used_at} />,
    },
  ];
}

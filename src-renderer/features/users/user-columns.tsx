import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING } from '../../ui/formats.ts';
import { LastUsed } from '../../ui/last-used.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useSelectColumn } from '../../ui/select-column.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import type { Selection } from '../../ui/use-selection.ts';
import { useUsersTexts } from './strings.ts';
import { useChannelsText } from './use-channels-text.ts';

type User = RecordOf<'users'>;

/** The id tells apart who has the same name. */
function NameCell({ user }: { readonly user: User }) {
  return (
    <Anchor
      component={Link}
      href={`/users/${encodeURIComponent(user.id)}`}
      fw={500}
      size="sm"
      title={user.id}
    >
      {titleOf(user)}
    </Anchor>
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
    ...useSelectColumn(selection, t('selectAll')),
    { key: 'name', header: t('name'), sort: 'name', cut: 'wide', render: (user) => <NameCell user={user} /> },
    {
      key: 'department',
      header: t('department'),
      cut: 'narrow',
      sort: 'department',
      isExtra: true,
      render: ({ department }) => department ?? NOTHING,
    },
    {
      key: 'group',
      header: t('group'),
      cut: 'narrow',
      sort: 'group',
      isExtra: true,
      render: ({ group }) => (group === undefined ? NOTHING : (groupNames.get(group) ?? group)),
    },
    {
      key: 'channels',
      header: t('channels'),
      isExtra: true,
      cut: 'narrow',
      render: (user) => <ChannelsCell user={user} />,
    },
    {
      key: 'status',
      header: t('status'),
      sort: 'status',
      render: ({ status }) => <StatusBadge status={status} />,
    },
    {
      key: 'last_used',
      header: common('lastUsed'),
      isWhole: true,
      sort: 'last_used_at',
      isExtra: true,
      render: ({ last_used_at }) => <LastUsed time={last_used_at} />,
    },
  ];
}

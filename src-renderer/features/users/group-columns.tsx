import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { titleOf } from '../../ui/record-title.ts';
import { useUsersTexts } from './strings.ts';
import { useChannelsText } from './use-channels-text.ts';
import { useGroupMembers } from './use-group-members.ts';

type Group = RecordOf<'groups'>;

/** The columns of the list of groups. @param onShow opens one, by its id */
export function useGroupColumns(onShow: (id: string) => void): readonly Column<Group>[] {
  const t = useUsersTexts();
  const channelsText = useChannelsText();
  const { relative, number } = useFormats();
  const members = useGroupMembers();
  return [
    {
      key: 'name',
      header: t('name'),
      sort: 'name',
      render: (group) => (
        <Anchor
          component="button"
          type="button"
          fw={500}
          size="sm"
          ta="start"
          title={group.id}
          onClick={() => onShow(group.id)}
        >
          {titleOf(group)}
        </Anchor>
      ),
    },
    { key: 'channels', header: t('channels'), render: ({ channels }) => channelsText(channels) },
    {
      key: 'users',
      header: t('users'),
      render: ({ id }) => (
        <Anchor component={Link} size="sm" href={`/users?group=${encodeURIComponent(id)}`}>
          {members === null ? t('showUsers') : t('showMembers', { number: number(members.get(id) ?? 0) })}
        </Anchor>
      ),
    },
    {
      key: 'updated',
      header: t('updated'),
      sort: 'updated_at',
      isExtra: true,
      render: ({ updated_at }) => (updated_at === undefined ? NOTHING : relative(updated_at)),
    },
  ];
}

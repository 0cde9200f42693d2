import { Group } from '../../contract/document.ts';
import { Id } from '../../contract/values.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';
import { namesChannel } from '../resources/shared-filters.ts';

/** What several users have in common. */
export const GROUPS: ResourceKind<'groups', 'groups'> = {
  section: 'groups',
  path: 'groups',
  name: 'group',
  title: 'Group',
  tag: 'Groups',
  noun: 'group',
  schema: Group,
  idKind: 'grp',
  idSchema: Id,
  isStamped: true,
  filters: { channel: namesChannel },
  texts: (id, { name }) => [id, name],
  sortedBy: ['name', 'created_at', 'updated_at'],
};

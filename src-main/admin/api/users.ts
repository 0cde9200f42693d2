import { User } from '../../contract/document.ts';
import { Id } from '../../contract/values.ts';
import { userMayUse } from '../../core/effective.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';
import { LAST_USED, lastUsed, statusFilter } from '../resources/shared-filters.ts';

/** Who uses AIProxy. */
export const USERS: ResourceKind<'users', 'users'> = {
  section: 'users',
  path: 'users',
  name: 'user',
  title: 'User',
  tag: 'Users',
  noun: 'user',
  schema: User,
  idKind: 'usr',
  idSchema: Id,
  isStamped: true,
  filters: {
    status: statusFilter,
    group: { description: 'The id of a group', fits: ({ group }, value) => group === value },
    department: { description: 'A department', fits: ({ department }, value) => department === value },
    channel: {
      description: 'The id of a channel that they may use, by themselves or through their group',
      fits: (user, value, { document }) => userMayUse(document, user, value),
    },
  },
  texts: (id, { name, department, contact, group, notes }) => [
    id,
    name,
    department,
    contact?.email,
    contact?.phone,
    group,
    notes,
  ],
  sortedBy: ['name', 'department', 'group', 'status', 'created_at', 'updated_at', 'last_used_at'],
  told: { schemas: LAST_USED, of: (id, _, { lastUses }) => lastUsed(lastUses.users, id) },
};

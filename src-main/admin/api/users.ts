import { User } from '../../contract/document.ts';
import { Id } from '../../contract/values.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';
import { namesChannel, statusFilter } from '../resources/shared-filters.ts';

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
    channel: namesChannel,
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
  sortedBy: ['name', 'department', 'group', 'status', 'created_at', 'updated_at'],
};

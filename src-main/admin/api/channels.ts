import { Channel } from '../../contract/document.ts';
import { Id } from '../../contract/values.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';
import { statusFilter } from '../resources/shared-filters.ts';

/** Ways to AI platforms. */
export const CHANNELS: ResourceKind<'channels', 'channels'> = {
  section: 'channels',
  path: 'channels',
  name: 'channel',
  title: 'Channel',
  tag: 'Channels',
  noun: 'channel',
  schema: Channel,
  idKind: 'ch',
  idSchema: Id,
  isStamped: true,
  filters: {
    status: statusFilter,
    platform: { description: 'The id of a platform', fits: ({ platform }, value) => platform === value },
  },
  texts: (id, { name, platform, host, models }) => [id, name, platform, host, ...(models ?? [])],
  sortedBy: ['name', 'platform', 'status', 'priority', 'weight', 'created_at', 'updated_at'],
};

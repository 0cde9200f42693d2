import { randomBytes } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { ProxyKey } from '../../contract/document.ts';
import { Id, Time } from '../../contract/values.ts';
import { KEY_STATES, keyMayUse, keyStateOf } from '../../core/effective.ts';
import { maskKey } from '../../core/mask-key.ts';
import { newProxyKey, SECRET_BYTES } from '../../core/new-secret.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';
import { LAST_USED, lastUsed, statusFilter } from '../resources/shared-filters.ts';

const expiryMs = ({ expires_at }: ProxyKey): number =>
  expires_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires_at);

/** What users show to AIProxy. */
export const PROXY_KEYS: ResourceKind<'proxy_keys', 'proxy-keys'> = {
  section: 'proxy_keys',
  path: 'proxy-keys',
  name: 'proxy_key',
  title: 'ProxyKey',
  tag: 'Proxy-Keys',
  noun: 'Proxy-Key',
  schema: ProxyKey,
  idKind: 'key',
  idSchema: Id,
  isStamped: true,
  filters: {
    status: statusFilter,
    user: { description: 'The id of a user', fits: ({ user }, value) => user === value },
    channel: {
      description:
        'The id of a channel that it leads to: its user may use it, and its own list does not leave it out',
      fits: (key, value, { document }) => keyMayUse(document, key, value),
    },
    state: {
      description: 'Whether it opens anything, its user and its end considered',
      schema: z.enum(KEY_STATES),
      fits: (key, value, { document, nowMs }) => keyStateOf(document, key, nowMs) === value,
    },
    expires_before: {
      description: 'A time: those that are void from then on, or earlier',
      schema: Time,
      fits: (key, value) => expiryMs(key) <= Date.parse(value),
    },
    expires_after: {
      description: 'A time: those that are valid beyond it, also without an end',
      schema: Time,
      fits: (key, value) => expiryMs(key) > Date.parse(value),
    },
  },
  texts: (id, { name, user, notes, key }, { users }) => [
    id,
    name,
    user,
    users[user]?.name,
    notes,
    maskKey(key),
  ],
  sortedBy: ['name', 'user', 'status', 'expires_at', 'created_at', 'updated_at', 'last_used_at'],
  told: {
    schemas: {
      ...LAST_USED,
      state: z.enum(KEY_STATES).optional().openapi({
        readOnly: true,
        description: 'Whether it opens anything, its user and its end considered',
      }),
    },
    of: (id, key, { document, nowMs, lastUses }) => ({
      ...lastUsed(lastUses.keys, id),
      state: keyStateOf(document, key, nowMs),
    }),
  },
  complete: (record) => ({ ...record, key: record.key ?? newProxyKey(randomBytes(SECRET_BYTES)) }),
  shownOnce: ['key'],
};

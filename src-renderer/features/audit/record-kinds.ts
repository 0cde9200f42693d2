import type { Names } from '../../api/names.ts';

/** What an action is done to: `user` of `user.create`. */
export const kindOf = (action: string): string => action.split('.')[0] ?? '';

interface Place {
  readonly names: keyof Names;
  readonly href: (id: string) => string;
}

/** Where the records are that have a page. */
export const PLACES: Readonly<Partial<Record<string, Place>>> = {
  user: { names: 'users', href: (id) => `/users/${encodeURIComponent(id)}` },
  proxy_key: { names: 'keys', href: (id) => `/keys/${encodeURIComponent(id)}` },
  channel: { names: 'channels', href: (id) => `/channels/${encodeURIComponent(id)}` },
  group: { names: 'groups', href: (id) => `/users?tab=groups&group=${encodeURIComponent(id)}` },
};

/** What entries can be narrowed to: all of a kind. */
export const KINDS = [
  'user',
  'proxy_key',
  'group',
  'channel',
  'price',
  'system',
  'session',
  'admin_token',
  'backup',
  'document',
] as const;

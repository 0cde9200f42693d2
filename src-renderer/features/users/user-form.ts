import type { z } from 'zod';
import { type Limits, User } from '../../../src-main/contract/document.ts';
import { Id } from '../../../src-main/contract/values.ts';

/** Which channels: ids, `"*"` for all, none where it is left out. */
export type ChannelAccess = '*' | readonly string[] | undefined;

/** What the form of a user holds: the record's own paths, with empty texts in place of what is left out. */
export interface UserValues {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly contact: Readonly<Record<string, unknown>> & { readonly email: string; readonly phone: string };
  readonly group: string;
  readonly status: 'active' | 'disabled';
  readonly channels: ChannelAccess;
  /** `null`: all. */
  readonly models: readonly string[] | null;
  readonly ip_allowlist: readonly string[];
  readonly failover: boolean | undefined;
  readonly limits: Limits | undefined;
  readonly notes: string;
}

/** The fields that the form of a user has, by their paths. */
export const USER_FIELDS = [
  'id',
  'name',
  'department',
  'contact.email',
  'contact.phone',
  'group',
  'status',
  'channels',
  'models',
  'ip_allowlist',
  'failover',
  'limits',
  'notes',
] as const;

/** A user as it is sent when it is made: an id may be given. */
export const NewUser = User.extend({ id: Id.optional() });

/** What the form holds of a record; of none, the start of a new one. */
export function valuesOf(user: z.infer<typeof User>): UserValues {
  return {
    id: '',
    name: user.name ?? '',
    department: user.department ?? '',
    contact: { ...user.contact, email: user.contact?.email ?? '', phone: user.contact?.phone ?? '' },
    group: user.group ?? '',
    status: user.status ?? 'active',
    channels: user.channels,
    models: user.models ?? null,
    ip_allowlist: user.ip_allowlist ?? [],
    failover: user.failover,
    limits: user.limits,
    notes: user.notes ?? '',
  };
}

const isLeftOut = (value: unknown): boolean => value === undefined || value === '';

/** A record without the members that say nothing. */
export function withoutEmpty(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const trimmed = Object.entries(members).map(
    ([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const,
  );
  return Object.fromEntries(trimmed.filter(([, value]) => !isLeftOut(value)));
}

/** The record that a form describes. */
export function userOf({
  contact,
  models,
  ip_allowlist,
  ...values
}: UserValues): Readonly<Record<string, unknown>> {
  const reached = withoutEmpty(contact);
  return withoutEmpty({
    ...values,
    models: models ?? undefined,
    contact: Object.keys(reached).length === 0 ? undefined : reached,
    ip_allowlist: ip_allowlist.length === 0 ? undefined : ip_allowlist,
  });
}

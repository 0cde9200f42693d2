import { type Limits, ProxyKey } from '../../../src-main/contract/document.ts';
import { channelsOf, type OrderedChannel, orderOf } from './channel-order.ts';

/** What the form of a Proxy-Key holds: the record's own paths, with empty texts in place of what is left out. */
export interface KeyValues {
  readonly user: string;
  readonly name: string;
  /** `null`: all that the user may use. */
  readonly channels: readonly OrderedChannel[] | null;
  /** `null`: all. */
  readonly models: readonly string[] | null;
  /** RFC 3339. */
  readonly expires_at: string;
  readonly failover: boolean | undefined;
  readonly limits: Limits | undefined;
  readonly notes: string;
}

/** The fields that the form has, by their paths. */
export const KEY_FIELDS = [
  'user',
  'name',
  'channels',
  'models',
  'expires_at',
  'failover',
  'limits',
  'notes',
] as const;

/** A Proxy-Key as the form makes it: the server makes the key itself. */
export const KeyMembers = ProxyKey.omit({ key: true, previous: true });

type Record = Partial<ProxyKey>;

/** What the form holds of a record; of none, the start of a new one. @param ownPriorities the channels' own */
export function valuesOf(record: Record, ownPriorities: ReadonlyMap<string, number> = new Map()): KeyValues {
  return {
    user: record.user ?? '',
    name: record.name ?? '',
    channels: record.channels === undefined ? null : orderOf(record.channels, ownPriorities),
    models: record.models ?? null,
    expires_at: record.expires_at ?? '',
    failover: record.failover,
    limits: record.limits,
    notes: record.notes ?? '',
  };
}

const textOf = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** The members of a record that a form describes; `undefined` where there is none. */
export const membersOf = ({ channels, models, ...values }: KeyValues) => ({
  ...values,
  name: textOf(values.name),
  notes: textOf(values.notes),
  expires_at: textOf(values.expires_at),
  channels: channels === null ? undefined : channelsOf(channels),
  models: models === null ? undefined : models,
});

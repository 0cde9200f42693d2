import type { Document, Group, MapSection, ProxyKey, User } from '../contract/document.ts';
import type { RecordChange, SystemChange } from './ports.ts';

/** Ids of what names a record, by section; sections without any are left out. */
export type Affected = { readonly [S in 'users' | 'proxy_keys' | 'groups' | 'system']?: readonly string[] };

type Change = RecordChange | SystemChange;

/** One thing that has to change because a record goes. */
interface Effect {
  readonly section: keyof Affected;
  readonly id: string;
  readonly change: Change;
}

const entries = <T>(records: Readonly<Record<string, T>>): [string, T][] => Object.entries(records);

function withoutAnonymous({ system }: Document, user: string): Effect[] {
  if (system.anonymous_user !== user) return [];
  const change: Change = { section: 'system', id: 'anonymous_user', value: undefined };
  return [{ section: 'system', id: 'anonymous_user', change }];
}

function withoutUser(document: Document, user: string): Effect[] {
  const keys = entries(document.proxy_keys).flatMap(([id, key]): Effect[] =>
    key.user === user
      ? [{ section: 'proxy_keys', id, change: { section: 'proxy_keys', id, record: undefined } }]
      : [],
  );
  return [...keys, ...withoutAnonymous(document, user)];
}

function changedUser(id: string, record: User): Effect {
  return { section: 'users', id, change: { section: 'users', id, record } };
}

function withoutGroup({ users }: Document, group: string, now: string): Effect[] {
  return entries(users).flatMap(([id, { group: own, ...user }]) =>
    own === group ? [changedUser(id, { ...user, updated_at: now })] : [],
  );
}

/** A list without the channel, which may leave it empty: that means none, where no list may mean all. */
function narrowed<T extends User | Group>(owner: T, channel: string, now: string): T | null {
  const { channels } = owner;
  if (channels === undefined || channels === '*' || !channels.includes(channel)) return null;
  return { ...owner, channels: channels.filter((id) => id !== channel), updated_at: now };
}

function narrowedKey(key: ProxyKey, channel: string, now: string): ProxyKey | null {
  if (key.channels === undefined || !key.channels.some(({ id }) => id === channel)) return null;
  return { ...key, channels: key.channels.filter(({ id }) => id !== channel), updated_at: now };
}

function withoutChannel({ users, groups, proxy_keys }: Document, channel: string, now: string): Effect[] {
  const ofUsers = entries(users).flatMap(([id, user]) => {
    const record = narrowed(user, channel, now);
    return record === null ? [] : [changedUser(id, record)];
  });
  const ofGroups = entries(groups).flatMap(([id, group]): Effect[] => {
    const record = narrowed(group, channel, now);
    return record === null ? [] : [{ section: 'groups', id, change: { section: 'groups', id, record } }];
  });
  const ofKeys = entries(proxy_keys).flatMap(([id, key]): Effect[] => {
    const record = narrowedKey(key, channel, now);
    return record === null
      ? []
      : [{ section: 'proxy_keys', id, change: { section: 'proxy_keys', id, record } }];
  });
  return [...ofUsers, ...ofGroups, ...ofKeys];
}

function effectsOf(document: Document, section: MapSection, id: string, now: string): Effect[] {
  if (section === 'users') return withoutUser(document, id);
  if (section === 'groups') return withoutGroup(document, id, now);
  return section === 'channels' ? withoutChannel(document, id, now) : [];
}

/** What the removal of a record means for the rest of the document. */
export interface Removal {
  /** What names it. */
  readonly affected: Affected;
  /** What has to be changed so that nothing names it any more; the removal itself is not among it. */
  readonly changes: readonly Change[];
}

/**
 * Looks at who names a record: a user's keys go with it, a group or channel is taken out of where it stands. No
 * permission is ever widened by it.
 * @param now RFC 3339, for `updated_at`
 */
export function removalOf(document: Document, section: MapSection, id: string, now: string): Removal {
  const effects = effectsOf(document, section, id, now);
  const bySection = Map.groupBy(effects, (effect) => effect.section);
  const affected = Object.fromEntries(
    [...bySection].map(([name, own]) => [name, own.map((effect) => effect.id)]),
  );
  return { affected, changes: effects.map(({ change }) => change) };
}

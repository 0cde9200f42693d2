import type { Document, ProxyKey, User } from '../contract/document.ts';
import { permittedChannels } from './identity.ts';

/** What a Proxy-Key is worth: `user_disabled` where it is its user who may not. */
export const KEY_STATES = ['active', 'disabled', 'user_disabled', 'expired'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** Whether a Proxy-Key opens anything, by everything that decides about it. @param nowMs epoch milliseconds */
export function keyStateOf({ users }: Pick<Document, 'users'>, key: ProxyKey, nowMs: number): KeyState {
  if (key.status === 'disabled') return 'disabled';
  if (users[key.user]?.status === 'disabled') return 'user_disabled';
  return key.expires_at !== undefined && Date.parse(key.expires_at) <= nowMs ? 'expired' : 'active';
}

/** A channel that a user may use, and what permits it. */
export interface PermittedChannel {
  readonly id: string;
  /** The user's own list names it. */
  readonly own: boolean;
  /** The id of the group whose list names it; `null` where none does. */
  readonly group: string | null;
}

const names = (channels: User['channels'], id: string): boolean =>
  channels === '*' || (channels?.includes(id) ?? false);

const groupOf = ({ groups }: Document, { group }: User) => (group === undefined ? undefined : groups[group]);

/** Whether a user may use a channel, by themselves or through their group. */
export function userMayUse(document: Document, user: User, channel: string): boolean {
  return names(user.channels, channel) || names(groupOf(document, user)?.channels, channel);
}

/** Whether a Proxy-Key leads to a channel: its user may use it, and its own list does not leave it out. */
export function keyMayUse(document: Document, key: ProxyKey, channel: string): boolean {
  const user = document.users[key.user];
  if (user === undefined || !userMayUse(document, user, channel)) return false;
  return key.channels === undefined || key.channels.some(({ id }) => id === channel);
}

/** The channels a user may use, and why: those that are configured first, in their order there. */
export function permissionsOf(document: Document, user: User): readonly PermittedChannel[] {
  const known = Object.keys(document.channels);
  const permitted = permittedChannels(document, user);
  const unknown = permitted === '*' ? [] : permitted.filter((id) => !Object.hasOwn(document.channels, id));
  const ofGroup = groupOf(document, user)?.channels;
  return [...known, ...unknown]
    .map((id) => ({
      id,
      own: names(user.channels, id),
      group: names(ofGroup, id) ? (user.group ?? null) : null,
    }))
    .filter(({ own, group }) => own || group !== null);
}

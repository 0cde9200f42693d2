import { LegacyApiKey, LegacyUser } from '../contract/legacy.ts';
import type { LegacyBuilder, LegacyOrigin } from './legacy-builder.ts';
import { legacyId, withDailyQuota, withoutEmpty, withTimes } from './legacy-values.ts';

type Loose = Record<string, unknown>;

/** What belongs to the key where a user is written with its one key. */
const KEY_MEMBERS = ['failover', 'models', 'expires_at', 'limits'] as const;

function channelIds(value: LegacyUser['channels']): string[] | '*' {
  if (value === '*') return '*';
  const list = typeof value === 'string' ? [value] : (value ?? []);
  return [...new Set(list.map(legacyId).filter((id) => id !== ''))];
}

function applyQuota(record: Loose, builder: LegacyBuilder, origin: LegacyOrigin): void {
  const quota = record.quota_limit;
  if (typeof quota !== 'number') return;
  delete record.quota_limit;
  if (Number.isInteger(quota) && quota > 0) record.limits = withDailyQuota(record.limits, quota);
  else builder.warn(origin, `quota_limit ${quota} is no limit and was left out`);
}

function splitKey(user: Loose): Loose {
  const key: Loose = {};
  for (const name of KEY_MEMBERS) {
    if (user[name] !== undefined) key[name] = user[name];
    delete user[name];
  }
  return key;
}

/** A user of `users.yaml`; a `proxy_key` inside is that user's one key. */
export function addUser(builder: LegacyBuilder, rawId: string, value: unknown, origin: LegacyOrigin): void {
  const legacy = builder.parse(LegacyUser, value, origin);
  if (legacy === null) return;
  const id = legacyId(rawId);
  const { proxy_key: secret, ...user } = withTimes(withoutEmpty(legacy));
  user.channels = channelIds(legacy.channels);
  if (Array.isArray(user.channels) && user.channels.length === 0)
    builder.warn(origin, `user "${id}" has no channels`);
  applyQuota(user, builder, origin);
  if (secret === undefined) builder.warn(origin, `user "${id}" has no proxy_key`);
  else {
    const key = { key: secret, user: id, ...splitKey(user) };
    builder.add('proxy_keys', builder.freeId('proxy_keys', `key_${id}`), key, origin, { key: 'proxy_key' });
  }
  builder.add('users', id, user, origin);
}

function ownerId(entry: LegacyApiKey, number: number): string {
  return legacyId(entry.user ?? '') || legacyId(entry.description ?? '') || `user_${number}`;
}

/** The user of an entry, made where there is none yet; may use the entry's channel. */
function grant(
  builder: LegacyBuilder,
  entry: LegacyApiKey,
  id: string,
  channel: string,
  origin: LegacyOrigin,
): void {
  const known = builder.sections.users[id] as Loose | undefined;
  if (known === undefined) {
    if (!entry.user) builder.warn(origin, `the entry names no user; "${id}" was made`);
    const name = entry.description || id;
    const user = { name, status: 'active', channels: channel === '' ? [] : [channel] };
    builder.add('users', id, user, origin, { channels: 'channel' });
    return;
  }
  const channels = known.channels;
  if (channel !== '' && Array.isArray(channels) && !channels.includes(channel))
    known.channels = [...channels, channel];
}

/** The key of the same owner that is written twice, once for each of its channels, stays one key. */
function mergeKey(builder: LegacyBuilder, secret: string, user: string, channel: string): boolean {
  for (const key of Object.values(builder.sections.proxy_keys) as Loose[]) {
    if (key.key !== secret || key.user !== user) continue;
    const channels = Array.isArray(key.channels) ? key.channels : null;
    if (channel !== '' && channels !== null && !channels.some(({ id }) => id === channel)) {
      key.channels = [...channels, { id: channel }];
    }
    return true;
  }
  return false;
}

/** One entry of `api_keys.json`. */
export function addApiKey(builder: LegacyBuilder, value: unknown, index: number, origin: LegacyOrigin): void {
  const entry = builder.parse(LegacyApiKey, value, origin);
  if (entry === null) return;
  if (Object.keys(entry).every((name) => name.startsWith('_'))) return;
  if (!entry.proxy_key) {
    builder.warn(origin, 'the entry has no proxy_key and was left out');
    return;
  }
  const user = ownerId(entry, index + 1);
  const channel = legacyId(entry.channel ?? '');
  if (channel === '') builder.warn(origin, 'the entry names no channel; the key was made without channels');
  grant(builder, entry, user, channel, origin);
  if (mergeKey(builder, entry.proxy_key, user, channel)) {
    builder.warn(origin, 'the same proxy_key stands above; the two became one key');
    return;
  }
  const {
    proxy_key: secret,
    channel: _channel,
    description,
    user: _user,
    ...rest
  } = withTimes(withoutEmpty(entry));
  applyQuota(rest, builder, origin);
  const named = description === undefined ? {} : { name: description };
  const key = { key: secret, user, ...named, channels: channel === '' ? [] : [{ id: channel }], ...rest };
  const id = builder.freeId('proxy_keys', channel === '' ? `key_${user}` : `key_${user}_${channel}`);
  builder.add('proxy_keys', id, key, origin, { key: 'proxy_key', channels: 'channel' });
}

import type { Document, System } from '../contract/document.ts';
import { addressPasswords } from './address-passwords.ts';
import { candidateLists } from './candidates.ts';
import { type CompiledChannel, compileChannel } from './compiled-channel.ts';
import { EXAMPLE_KEY_REFUSAL, isExampleKey } from './example-key.ts';
import {
  type Holder,
  holderOf,
  type Identity,
  identityOf,
  keylessIdentity,
  ME,
  permittedChannels,
} from './identity.ts';
import type { Platform } from './platform.ts';
import { compilePrices, type PriceList, priceWarnings } from './prices.ts';
import { resolveEnv } from './secret-reference.ts';

/** The configuration as the pipeline reads it: immutable, in memory, with every decision made that can be. */
export interface Snapshot {
  readonly document: Document;
  readonly system: System;
  /** By Proxy-Key, the rotated ones among them. */
  readonly keys: ReadonlyMap<string, Identity>;
  readonly channels: ReadonlyMap<string, CompiledChannel>;
  /** Every channel's own keys: never a credential here, never in an answer. */
  readonly channelKeys: ReadonlySet<string>;
  /** Every spelling of the secrets of all channels, those in their headers and addresses among them: for masking only. */
  readonly secrets: ReadonlySet<string>;
  readonly anonymous: Identity | null;
  readonly corsOrigins: '*' | ReadonlySet<string>;
  /** `null` where nothing is priced. */
  readonly prices: PriceList | null;
  /** What an admin should know: secrets that are not set, platforms nobody knows. */
  readonly warnings: readonly string[];
}

export interface SnapshotSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platformOf: (name: string) => Platform | undefined;
}

/** Compiles a valid document. Never throws: what cannot be used is left out and warned about. */
export function compileSnapshot(document: Document, sources: SnapshotSources): Snapshot {
  const warnings: string[] = [];
  const channels = compileChannels(document, sources, warnings);
  const listOf = candidateLists(channels);
  const keys = new Map<string, Identity>();
  addLocalKeys(document, channels, listOf, keys);
  addProxyKeys(document, sources, listOf, keys, warnings);
  const { system } = document;
  return {
    document,
    system,
    keys,
    channels,
    channelKeys: new Set([...channels.values()].flatMap(({ keys: own }) => own.map(({ secret }) => secret))),
    secrets: new Set([
      ...[...channels.values()].flatMap(echoesOf),
      ...Object.values(document.channels).flatMap((channel) => addressPasswords(channel, sources.env)),
    ]),
    anonymous: anonymousOf(document, listOf),
    corsOrigins: corsOriginsOf(system),
    prices: compilePrices(document.prices),
    warnings: [...warnings, ...priceWarnings(document)],
  };
}

const echoesOf = ({ keys, headerSecrets }: CompiledChannel): readonly string[] => [
  ...keys.flatMap(({ echoes }) => echoes),
  ...headerSecrets,
];

type Lists = ReturnType<typeof candidateLists>;

function compileChannels(document: Document, { env, platformOf }: SnapshotSources, warnings: string[]) {
  const channels = new Map<string, CompiledChannel>();
  for (const [id, channel] of Object.entries(document.channels)) {
    const platform = platformOf(channel.platform);
    if (platform === undefined) {
      warnings.push(`channel ${id}: unknown platform ${channel.platform}`);
      continue;
    }
    const compiled = compileChannel(id, channel, platform, env);
    if (compiled.active && compiled.fault !== null) warnings.push(`channel ${id}: ${compiled.fault}`);
    channels.set(id, compiled);
  }
  return channels;
}

/** The Proxy-Key that a central key service gave to this computer's owner works here too, as `me`. */
function addLocalKeys(
  document: Document,
  channels: ReadonlyMap<string, CompiledChannel>,
  listOf: Lists,
  keys: Map<string, Identity>,
): void {
  const user = document.users[ME];
  if (user === undefined) return;
  const me = holderOf(document, ME, user);
  for (const { id, platform, keys: own } of channels.values()) {
    if (platform.id !== 'aiproxy') continue;
    for (const { secret } of own) keys.set(secret, keylessIdentity(me, listOf([id], undefined), true));
  }
}

function addProxyKeys(
  document: Document,
  { env }: SnapshotSources,
  listOf: Lists,
  keys: Map<string, Identity>,
  warnings: string[],
): void {
  const holders = new Map<string, Holder>();
  for (const [keyId, key] of Object.entries(document.proxy_keys)) {
    const user = document.users[key.user];
    if (user === undefined) continue;
    const holder = holders.get(key.user) ?? holderOf(document, key.user, user);
    holders.set(key.user, holder);
    const candidates = listOf(permittedChannels(document, user), key.channels);
    const add = (reference: string, expiresAtMs: number): void => {
      const secret = resolveEnv(reference, env);
      if (secret === null || secret === '') warnings.push(`proxy key ${keyId}: ${reference} is not set`);
      else if (isExampleKey(secret)) warnings.push(`proxy key ${keyId}: ${EXAMPLE_KEY_REFUSAL}`);
      else if (!keys.has(secret)) keys.set(secret, identityOf(holder, keyId, key, candidates, expiresAtMs));
    };
    add(key.key, Number.POSITIVE_INFINITY);
    for (const previous of key.previous ?? []) add(previous.key, Date.parse(previous.expires_at));
  }
}

function anonymousOf(document: Document, listOf: Lists): Identity | null {
  const id = document.system.anonymous_user;
  const user = id === undefined ? undefined : document.users[id];
  if (id === undefined || user === undefined) return null;
  return keylessIdentity(
    holderOf(document, id, user),
    listOf(permittedChannels(document, user), undefined),
    true,
  );
}

/** Keys are not ambient, so any page may use one it has; without keys, no page may unless it is named. */
function corsOriginsOf(system: System): '*' | ReadonlySet<string> {
  const written = system.proxy?.cors_origins ?? system.cors_origins;
  if (written === undefined) return system.anonymous_user === undefined ? '*' : new Set();
  if (written === '*') return '*';
  return written.includes('*') ? '*' : new Set(written);
}

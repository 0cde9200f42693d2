import { createHash } from 'node:crypto';
import type { ChannelKey } from '../core/compiled-channel.ts';
import type { IdReader } from '../core/id-reader.ts';
import type { Identity } from '../core/identity.ts';
import { joinedBytes } from '../core/joined-bytes.ts';
import type { Binding } from '../core/ports.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** What platforms call the short-lived keys that they make for browsers (OpenAI's `ek_…`). */
export const CLIENT_SECRETS = 'client_secrets';

/** Answers that hand out a secret are small. */
const LARGEST_ANSWER_BYTES = 64 * 1024;
/** How often an answer is looked at that comes in pieces: each time costs as much as all of it. */
const MOST_LOOKS = 64;

/** The name under which a secret is remembered: only its hash is. */
export function secretName(secret: string): string {
  return `${CLIENT_SECRETS}/${createHash('sha256').update(secret).digest('base64url')}`;
}

/** The Proxy-Key a secret was asked for with stands where other bindings have the digest of the channel's key, which no secret needs. */
const KEY_PREFIX = 'key:';

/** Remembers whose a secret is, and where it works. @param expiresAtMs epoch milliseconds */
export function secretBinding(channel: string, { user, keyId }: Identity, expiresAtMs: number): Binding {
  return { channel, user, api_key_digest: `${KEY_PREFIX}${keyId ?? ''}`, expires_at: expiresAtMs };
}

/** Whoever was given a secret, with what they may do now; `null` where they or their key are no more. */
export function holderOfBinding({ user, api_key_digest }: Binding, snapshot: Snapshot): Identity | null {
  if (!api_key_digest.startsWith(KEY_PREFIX)) return null;
  return holderNow({ user, keyId: api_key_digest.slice(KEY_PREFIX.length) || null }, snapshot);
}

/** A holder under another configuration; `null` where they or their key are no more. */
export function holderNow(
  { user, keyId }: Pick<Identity, 'user' | 'keyId'>,
  snapshot: Snapshot,
): Identity | null {
  if (keyId === null) return snapshot.anonymous?.user === user ? snapshot.anonymous : null;
  let found: Identity | null = null;
  for (const identity of snapshot.keys.values()) {
    if (identity.keyId !== keyId || identity.user !== user) continue;
    // A rotated key stands there twice; what ends last is the key as it is now.
    if (found === null || identity.expiresAtMs > found.expiresAtMs) found = identity;
  }
  return found;
}

/** A secret goes to the platform as it is: the platform itself made it and checks it. */
export function secretKey(secret: string): ChannelKey {
  const header = ['authorization', `Bearer ${secret}`] as const;
  return { secret, header, compatibleHeader: header, echoes: [] };
}

/** Finds the secret in an answer as it passes. @param found gets it with its end in epoch milliseconds */
export function secretReader(found: (secret: string, expiresAtMs: number) => void): IdReader {
  let parts: Uint8Array[] | null = [];
  let size = 0;
  let looks = 0;
  return {
    push(chunk) {
      if (parts === null) return;
      size += chunk.length;
      parts.push(chunk);
      const isTooMuch = size > LARGEST_ANSWER_BYTES || looks >= MOST_LOOKS;
      if (!isTooMuch && !mayEndObject(chunk)) return;
      looks += 1;
      const told = isTooMuch ? null : toldIn(new TextDecoder().decode(joinedBytes(parts)));
      if (told === undefined) return;
      parts = null;
      if (told !== null) found(told.value, told.expiresAtMs);
    },
  };
}

const BRACE = 0x7d;
const isSpace = (byte: number): boolean => byte <= 0x20;
const mayEndObject = (chunk: Uint8Array): boolean => chunk.findLast((byte) => !isSpace(byte)) === BRACE;

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;

/** `{value, expires_at}`, in older answers within `client_secret`; `undefined` while the answer is not whole. */
function toldIn(text: string): { readonly value: string; readonly expiresAtMs: number } | null | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const holder of isShape(answer) ? [answer, answer.client_secret] : []) {
    if (isShape(holder) && typeof holder.value === 'string' && typeof holder.expires_at === 'number')
      return { value: holder.value, expiresAtMs: holder.expires_at * 1000 };
  }
  return null;
}

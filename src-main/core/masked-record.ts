import { MASK, maskKey } from './mask-key.ts';
import { isObject } from './same-value.ts';
import { placesIn, type SecretPlaces } from './secret-places.ts';
import { envNameOf } from './secret-reference.ts';

/** What stands between scheme and host of an address; a password may hold any `@` but the last. */
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(?=@)/i;

/** The password of an address, or all of its user information where there is only one word; `null` without. */
function passwordOf(address: string): string | null {
  const info = USER_INFO.exec(address)?.[2];
  return info === undefined ? null : info.slice(info.indexOf(':') + 1);
}

function maskAddress(address: string): string {
  return address.replace(USER_INFO, (_, scheme: string, info: string) => {
    const colon = info.indexOf(':');
    return `${scheme}${colon < 0 ? '' : info.slice(0, colon + 1)}${MASK}`;
  });
}

function maskText(kind: 'secret' | 'address', text: unknown): unknown {
  if (typeof text !== 'string') return MASK;
  if (envNameOf(text) !== null) return text;
  return kind === 'secret' ? maskKey(text) : maskAddress(text);
}

/** A value as it may be shown: every secret masked, references to the environment as they are. */
export function masked(value: unknown, places: SecretPlaces | null): unknown {
  if (places === null) return value;
  if (places.kind === 'secret' || places.kind === 'address') return maskText(places.kind, value);
  if (Array.isArray(value))
    return places.kind === 'list' ? value.map((item) => masked(item, places.each)) : value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, masked(member, placesIn(places, name) ?? null)]),
  );
}

type Path = readonly (string | number)[];

const isMask = (kind: 'secret' | 'address', value: unknown): boolean =>
  typeof value === 'string' && (kind === 'secret' ? value : (passwordOf(value) ?? '')).startsWith(MASK);

/** Where a value that was sent holds a mask in place of a secret. */
export function maskedPlaces(value: unknown, places: SecretPlaces | null, path: Path = []): Path[] {
  if (places === null) return [];
  if (places.kind === 'secret' || places.kind === 'address') return isMask(places.kind, value) ? [path] : [];
  if (Array.isArray(value)) {
    if (places.kind !== 'list') return [];
    return value.flatMap((item, index) => maskedPlaces(item, places.each, [...path, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    maskedPlaces(member, placesIn(places, name) ?? null, [...path, name]),
  );
}

/** The secrets of a record alone, each where it stands; `undefined` where there is none. */
export function secretsOf(value: unknown, places: SecretPlaces | null): unknown {
  if (places === null || value === undefined) return undefined;
  if (places.kind === 'secret' || places.kind === 'list') return value;
  if (places.kind === 'address') {
    return typeof value === 'string' && passwordOf(value) !== null ? value : undefined;
  }
  if (!isObject(value)) return undefined;
  const found = Object.entries(value).flatMap(([name, member]) => {
    const inner = secretsOf(member, placesIn(places, name) ?? null);
    return inner === undefined ? [] : [[name, inner] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/**
 * A record that takes another one's place, with the secrets it leaves out kept from that one. `null` in a secret's
 * place removes it. Lists that hold secrets are one: given, they replace, left out, they stay.
 */
export function withKeptSecrets(next: unknown, stored: unknown, places: SecretPlaces | null): unknown {
  if (places === null || !isObject(next)) return next;
  const kept = secretsOf(stored, places);
  const members = new Map(Object.entries(next));
  for (const [name, secret] of Object.entries(isObject(kept) ? kept : {})) {
    const inner = placesIn(places, name);
    if (inner === undefined) continue;
    members.set(name, members.has(name) ? withKeptSecrets(members.get(name), secret, inner) : secret);
  }
  for (const [name, value] of members) {
    if (value === null && placesIn(places, name) !== undefined) members.delete(name);
  }
  return Object.fromEntries(members);
}

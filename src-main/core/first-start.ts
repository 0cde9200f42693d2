import type { Document, ProxyKey, User } from '../contract/document.ts';
import { ID_BYTES, newAdminToken, newId, newProxyKey, SECRET_BYTES } from './new-secret.ts';

/** How many random bytes {@link firstStartRecords} needs. */
export const FIRST_START_BYTES = 2 * SECRET_BYTES + 2 * ID_BYTES;

/** Marks the records of the first start, so that one that was interrupted is taken up and not repeated beside. */
const NOTE = 'Made at the first start.';

export interface FirstStartRecords {
  /** Shown once; only its hash is stored. */
  readonly adminToken: string;
  /** Shown once. */
  readonly adminKey: string;
  readonly user: { readonly id: string; readonly record: User };
  readonly proxyKey: { readonly id: string; readonly record: ProxyKey };
}

/**
 * Whether the first start is still to come. The stored hash is what says so: an admin who later deletes the user
 * `admin` does not want it back.
 */
export function needsFirstStart(document: Document): boolean {
  return document.system.admin_token_hash === undefined;
}

/**
 * What the first start makes: the admin token, and the user `admin` with a Proxy-Key for all channels. The caller
 * puts the user, then the key, then the token's SHA-256 as `system.admin_token_hash`, in this order: a crash between
 * them leaves a first start that is done again over the same records.
 * @param random {@link FIRST_START_BYTES} random bytes
 * @param now RFC 3339
 */
export function firstStartRecords(document: Document, random: Uint8Array, now: string): FirstStartRecords {
  const [tokenBytes, keyBytes, userIdBytes, keyIdBytes] = split(random);
  const userId = idFor(document.users, 'admin', newId('usr', userIdBytes));
  const keyId = idFor(document.proxy_keys, 'admin', newId('key', keyIdBytes));
  const adminKey = newProxyKey(keyBytes);
  return {
    adminToken: newAdminToken(tokenBytes),
    adminKey,
    user: {
      id: userId,
      record: {
        name: 'admin',
        status: 'active',
        channels: '*',
        notes: NOTE,
        created_at: now,
        updated_at: now,
      },
    },
    proxyKey: {
      id: keyId,
      record: {
        key: adminKey,
        user: userId,
        status: 'active',
        notes: NOTE,
        created_at: now,
        updated_at: now,
      },
    },
  };
}

/** The preferred id where it is free or ours; an imported record of that name stays untouched. */
function idFor(
  records: Readonly<Record<string, { notes?: string | undefined }>>,
  preferred: string,
  other: string,
) {
  const taken = Object.hasOwn(records, preferred) ? records[preferred] : undefined;
  return taken === undefined || taken.notes === NOTE ? preferred : other;
}

function split(random: Uint8Array): [Uint8Array, Uint8Array, Uint8Array, Uint8Array] {
  const secrets = 2 * SECRET_BYTES;
  return [
    random.subarray(0, SECRET_BYTES),
    random.subarray(SECRET_BYTES, secrets),
    random.subarray(secrets, secrets + ID_BYTES),
    random.subarray(secrets + ID_BYTES, FIRST_START_BYTES),
  ];
}

import type { Channel, Document, User } from '../contract/document.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { ME, permittedChannels } from './identity.ts';
import { MASK } from './mask-key.ts';
import { envNameOf } from './secret-reference.ts';
import { harmlessMembers } from './unsaved-channel.ts';

const PLATFORM = 'aiproxy';

/** The id of the channel that connecting to a central key service makes. */
export const CENTRAL_ID = 'central';

/** Where a central key service is, and this computer's key there. */
export interface CentralAddress {
  readonly base_url: string;
  /** Left out, the stored one, as long as the address is the stored one too. */
  readonly proxy_key?: string | undefined;
}

const centralChannels = ({ channels }: Document): [id: string, channel: Channel][] =>
  Object.entries(channels).filter(([, { platform }]) => platform === PLATFORM);

const isActive = ({ status }: Channel | User): boolean => status !== 'disabled';

const hasKey = ({ api_key, api_keys }: Channel): boolean => (api_key ?? api_keys) !== undefined;

/** The channel to the central key service, whether in use or not: the one that connecting makes, else the first. */
export function centralChannel(
  document: Document,
): { readonly id: string; readonly channel: Channel } | null {
  const all = centralChannels(document);
  const found = all.find(([id]) => id === CENTRAL_ID) ?? all[0];
  return found === undefined ? null : { id: found[0], channel: found[1] };
}

/** Whether the central service's key works on this computer as the user `me`. */
export function isConnected(document: Document): boolean {
  const { channel } = centralChannel(document) ?? {};
  const me = document.users[ME];
  return channel !== undefined && me !== undefined && isActive(channel) && hasKey(channel) && isActive(me);
}

type Connecting =
  | { readonly ok: true; readonly channel: Channel }
  | { readonly ok: false; readonly issue: DocumentIssue };

const refused = (message: string): Connecting => ({
  ok: false,
  issue: errorAt(['proxy_key'], `proxy_key: ${message}`),
});

/**
 * The channel that leads to a central key service. Whatever else the stored one sends (headers, other addresses) was
 * meant for the stored address, and so was its key: at another one none of it goes along.
 */
export function connectedChannel(
  stored: Channel | null,
  { base_url, proxy_key }: CentralAddress,
): Connecting {
  const isMoved = stored?.base_url !== base_url;
  const kept = isMoved ? harmlessMembers(stored ?? {}) : stored;
  const plain = { ...kept, platform: PLATFORM, base_url, status: 'active' as const };
  if (proxy_key !== undefined) {
    if (proxy_key.startsWith(MASK)) return refused('is masked; leave it out to keep it, or send all of it');
    if (envNameOf(proxy_key) !== null && (isMoved || stored?.api_key !== proxy_key)) {
      return refused('variables are read for stored channels only; send the key itself');
    }
    const { api_keys: _, ...channel }: Channel = plain;
    return { ok: true, channel: { ...channel, api_key: proxy_key } };
  }
  if (stored === null || !hasKey(stored)) return refused('is needed');
  return isMoved
    ? refused('the address is not the stored one, so the stored key stays here: send the key as well')
    : { ok: true, channel: plain };
}

/** The user `me`, who may use the channel. */
export function connectedUser(stored: User | undefined, channel: string): User {
  const own = stored?.channels ?? [];
  const channels = own === '*' || own.includes(channel) ? own : [...own, channel];
  return { ...stored, status: 'active', channels };
}

/** Whether the user `me` is there for nothing but this channel. */
export function isMeOnlyFor(document: Document, channel: string): boolean {
  const me = document.users[ME];
  if (me === undefined || document.system.anonymous_user === ME) return false;
  const permitted = permittedChannels(document, me);
  const others = centralChannels(document).filter(([id, other]) => id !== channel && isActive(other));
  return permitted !== '*' && permitted.every((id) => id === channel) && others.length === 0;
}

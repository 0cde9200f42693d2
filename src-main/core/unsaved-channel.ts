import type { Channel } from '../contract/document.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { MASK, maskKey } from './mask-key.ts';
import { sameValue } from './same-value.ts';
import { envNameOf } from './secret-reference.ts';

/**
 * The members that decide neither where a request goes nor what it carries. Everything else must be as it is stored
 * before a stored secret goes along, members that nobody knows yet among them.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'name',
  'status',
  'priority',
  'weight',
  'models',
  'model_map',
  'connect_timeout',
  'timeout',
  'idle_timeout',
  'max_retries',
  'retry_timeouts',
  'max_body',
  'limits',
  'health',
  'notes',
  'created_at',
  'updated_at',
]);
const KEYS: ReadonlySet<string> = new Set(['api_key', 'api_keys']);

/** What of a channel decides neither where a request goes nor what it carries. */
export function harmlessMembers(channel: Partial<Channel>): Partial<Channel> {
  return Object.fromEntries(Object.entries(channel).filter(([name]) => HARMLESS.has(name)));
}

/** A channel that can be tried, or why it cannot. Paths begin at the channel. */
export type Completed =
  | { readonly ok: true; readonly channel: Channel }
  | { readonly ok: false; readonly issues: readonly DocumentIssue[] };

/**
 * Puts a stored channel's secrets where one that is not saved yet leaves them out or has their mask in their place.
 * They go only where they went before: who could have them sent to another address could read them there. References
 * (`env:NAME`) are secrets of the server too.
 * @param stored `null` where there is none: then every secret must be written out
 */
export function withStoredSecrets(given: Channel, stored: Channel | null): Completed {
  const secrets = new StoredSecrets(stored);
  const channel: Channel = { ...given, ...secrets.keysFor(given), ...secrets.headersFor(given) };
  const moved = secrets.used && stored !== null ? movedMembers(channel, stored) : [];
  const issues = [...secrets.issues, ...moved];
  return issues.length === 0 ? { ok: true, channel } : { ok: false, issues };
}

function movedMembers(channel: Channel, stored: Channel): DocumentIssue[] {
  const names = new Set([...Object.keys(channel), ...Object.keys(stored)]);
  return [...names]
    .filter((name) => !HARMLESS.has(name) && !KEYS.has(name) && !sameValue(channel[name], stored[name]))
    .map((name) =>
      errorAt([name], `${name} is not the stored one, so the stored secrets stay here: send the key as well`),
    );
}

const isMask = (value: string): boolean => value.startsWith(MASK);

class StoredSecrets {
  readonly issues: DocumentIssue[] = [];
  /** Whether a stored secret was taken. */
  used = false;
  readonly #stored: Channel | null;
  readonly #keys: readonly string[];

  constructor(stored: Channel | null) {
    this.#stored = stored;
    this.#keys = [...(stored?.api_keys ?? []), ...(stored?.api_key === undefined ? [] : [stored.api_key])];
  }

  keysFor({ api_key, api_keys }: Channel): Pick<Channel, 'api_key' | 'api_keys'> {
    if (api_key === undefined && api_keys === undefined) return this.#storedKeys();
    return {
      ...(api_key === undefined ? {} : { api_key: this.#key(api_key, ['api_key']) }),
      ...(api_keys === undefined
        ? {}
        : { api_keys: api_keys.map((key, at) => this.#key(key, ['api_keys', at], at)) }),
    };
  }

  headersFor({ headers }: Channel): Pick<Channel, 'headers'> {
    if (headers === undefined) return {};
    const known = this.#stored?.headers ?? {};
    const completed = Object.entries(headers).map(([name, value]) => {
      if (!isMask(value)) return [name, value] as const;
      const candidate = Object.hasOwn(known, name) ? known[name] : undefined;
      const isKnown = candidate !== undefined && maskKey(candidate) === value;
      return [name, this.#taken(isKnown ? candidate : undefined, ['headers', name], value)] as const;
    });
    return { headers: Object.fromEntries(completed) };
  }

  #storedKeys(): Pick<Channel, 'api_key' | 'api_keys'> {
    const { api_key, api_keys } = this.#stored ?? {};
    this.used ||= this.#keys.length > 0;
    return { ...(api_key === undefined ? {} : { api_key }), ...(api_keys === undefined ? {} : { api_keys }) };
  }

  /** @param at its place among several, which tells two keys with one mask apart */
  #key(given: string, path: DocumentIssue['path'], at = 0): string {
    if (envNameOf(given) !== null) {
      return this.#taken(this.#keys.includes(given) ? given : undefined, path, given);
    }
    if (!isMask(given)) return given;
    const own = this.#keys[at];
    const fits = own !== undefined && maskKey(own) === given;
    const others = new Set(this.#keys.filter((key) => maskKey(key) === given));
    const [only] = others.size === 1 ? others : [];
    return this.#taken(fits ? own : only, path, given);
  }

  #taken(found: string | undefined, path: DocumentIssue['path'], given: string): string {
    if (found !== undefined) {
      this.used = true;
      return found;
    }
    const what = isMask(given)
      ? 'this is the mask of no key that is stored'
      : 'variables are read for stored channels only';
    this.issues.push(errorAt(path, `${path.join('.')}: ${what}; send the key itself`));
    return given;
  }
}

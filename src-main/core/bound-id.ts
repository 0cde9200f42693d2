import { ProxyError } from '../contract/errors.ts';
import { type IdRules, idName } from './id-rules.ts';
import type { JsonMembers } from './json-members.ts';
import { idsIn } from './json-path.ts';
import type { Binding, BoundIds } from './ports.ts';

/** What a request carries that may name ids. */
export interface NamingRequest {
  /** Without question mark. */
  readonly query: string;
  /** The whole body, where it is held. */
  readonly bytes: Uint8Array | null;
  /** What was found in it. */
  readonly members: JsonMembers | null;
}

/**
 * The names of all ids that a request names, the path's first.
 * @throws ProxyError `bad_request` where a member that names ids is too large to be looked through
 */
export function namedIds(rules: IdRules, request: NamingRequest): readonly string[] {
  return [...rules.named, ...inQuery(rules, request), ...inMembers(rules, request)];
}

function inQuery({ queried }: IdRules, { query }: NamingRequest): readonly string[] {
  if (queried === null || query === '') return [];
  const [member, collection] = queried;
  return new URLSearchParams(query).getAll(member).flatMap((id) => idName(collection, id) ?? []);
}

/** A longer text is no id; a longer list than this is not looked through. */
const LONGEST_TEXT_BYTES = 16 * 1024;
const LARGEST_BYTES = 1024 * 1024;
const QUOTE = 0x22;

function inMembers(rules: IdRules, { bytes, members }: NamingRequest): readonly string[] {
  if (bytes === null || members === null) return [];
  return members.others.flatMap(([member, value]) => {
    const collection = rules.members?.get(member);
    if (collection === undefined) return [];
    const size = value.end - value.start;
    if (size > LONGEST_TEXT_BYTES && bytes[value.start] === QUOTE) return [];
    if (size > LARGEST_BYTES) throw new ProxyError('bad_request', `the member ${member} is too large`);
    return idsIn(bytes, value).flatMap((id) => idName(collection, id) ?? []);
  });
}

/**
 * Where the first of these ids that is known lives. One nobody has seen decides nothing.
 * @throws ProxyError `not_found` where one is another user's: whether it exists is not told
 */
export function bindingOf(names: readonly string[], user: string, known: BoundIds): Binding | null {
  let own: Binding | null = null;
  for (const name of names) {
    const bindings = known.get(name);
    if (bindings.length === 0) continue;
    const binding = bindings.find((each) => each.user === user);
    if (binding === undefined) throw unknownId();
    own ??= binding;
  }
  return own;
}

/** What is told of ids that are another user's, or that a key cannot reach (any more). */
export const unknownId = (): ProxyError =>
  new ProxyError('not_found', 'the request names an id that is not known here');

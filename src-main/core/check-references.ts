import { type Document, emptyDocument, type Group, type ProxyKey, type User } from '../contract/document.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { isCidr } from './ip-address.ts';
import { suggestion } from './nearest-name.ts';

type Path = DocumentIssue['path'];

// These checks run at each change; a path is therefore made only where there is something to say.
type MakePath = () => Path;
type Issues = DocumentIssue[];

// A name may stand in thousands of records; a suggestion is looked for among so many at most.
const MOST_SUGGESTED_FROM = 2000;
/** Nobody reads more, and each one is compared with all names. */
const MOST_SUGGESTIONS = 50;

function checkExists(issues: Issues, what: string, id: string, known: object, path: MakePath): void {
  if (Object.hasOwn(known, id)) return;
  const names = Object.keys(known);
  const mayHint = names.length <= MOST_SUGGESTED_FROM && issues.length < MOST_SUGGESTIONS;
  const hint = mayHint ? suggestion(id, names) : '';
  issues.push(errorAt(path(), `unknown ${what} "${id}"${hint}`));
}

/** Errors for address ranges that cannot be read. */
export function checkCidrs(issues: Issues, list: readonly string[] | undefined, path: MakePath): void {
  for (const [index, cidr] of (list ?? []).entries()) {
    if (isCidr(cidr)) continue;
    issues.push(errorAt([...path(), index], `"${cidr}" is not an address or a range such as 10.0.0.0/8`));
  }
}

type PathAt = (index: number) => Path;

function checkChannelIds(issues: Issues, ids: readonly string[], { channels }: Document, at: PathAt): void {
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    checkExists(issues, 'channel', id, channels, () => at(index));
    if (seen.has(id)) issues.push(errorAt(at(index), `channel "${id}" is listed twice`));
    seen.add(id);
  }
}

function checkOwner(issues: Issues, owner: User | Group, document: Document, path: MakePath): void {
  if (owner.channels === undefined || owner.channels === '*') return;
  checkChannelIds(issues, owner.channels, document, (index) => [...path(), 'channels', index]);
}

function checkUser(issues: Issues, user: User, document: Document, path: MakePath): void {
  checkOwner(issues, user, document, path);
  checkCidrs(issues, user.ip_allowlist, () => [...path(), 'ip_allowlist']);
  if (user.group !== undefined) {
    checkExists(issues, 'group', user.group, document.groups, () => [...path(), 'group']);
  }
}

function checkKey(issues: Issues, key: ProxyKey, document: Document, path: MakePath): void {
  checkExists(issues, 'user', key.user, document.users, () => [...path(), 'user']);
  if (key.channels === undefined) return;
  const ids = key.channels.map((channel) => channel.id);
  checkChannelIds(issues, ids, document, (index) => [...path(), 'channels', index, 'id']);
}

function channelSecrets(document: Document): Map<string, string> {
  const secrets = new Map<string, string>();
  for (const [id, channel] of Object.entries(document.channels)) {
    for (const secret of [channel.api_key, ...(channel.api_keys ?? [])]) {
      if (secret !== undefined) secrets.set(secret, id);
    }
  }
  return secrets;
}

/** Each Proxy-Key stands once, and is no channel's key: otherwise it would not say who is asking. */
function checkKeyValues(issues: Issues, document: Document): void {
  const owners = new Map<string, string>();
  const secrets = channelSecrets(document);
  const see = (value: string, id: string, path: MakePath): void => {
    const owner = owners.get(value);
    if (owner === undefined) owners.set(value, id);
    else issues.push(errorAt(path(), `the same Proxy-Key already stands in proxy_keys "${owner}"`));
    const channel = secrets.get(value);
    if (channel !== undefined)
      issues.push(errorAt(path(), `this Proxy-Key is also an API key of channel "${channel}"`));
  };
  for (const id of Object.keys(document.proxy_keys)) {
    const key = document.proxy_keys[id];
    if (key === undefined) continue;
    see(key.key, id, () => ['proxy_keys', id, 'key']);
    for (const [index, old] of (key.previous ?? []).entries()) {
      see(old.key, id, () => ['proxy_keys', id, 'previous', index, 'key']);
    }
  }
}

function lostAny(before: object, after: object): boolean {
  return before !== after && Object.keys(before).some((id) => !Object.hasOwn(after, id));
}

/** The document whose records need no second look: none, where something they may name has gone. */
function comparable(document: Document, valid: Document | undefined): Document {
  if (valid === undefined) return emptyDocument();
  const names = ['users', 'groups', 'channels'] as const;
  return names.some((section) => lostAny(valid[section], document[section])) ? emptyDocument() : valid;
}

/** Visits the records that are not identical in `known`. */
function forChanged<T>(
  records: Record<string, T>,
  known: Record<string, T>,
  check: (record: T, id: string) => void,
) {
  if (records === known) return;
  for (const id of Object.keys(records)) {
    const record = records[id];
    if (record !== undefined && record !== known[id]) check(record, id);
  }
}

/**
 * Errors for users, groups and channels that are named and do not exist, and for Proxy-Keys that stand twice.
 * @param valid a document without errors; what is identical there is not checked again
 */
export function checkReferences(document: Document, valid?: Document): DocumentIssue[] {
  const issues: Issues = [];
  const known = comparable(document, valid);
  forChanged(document.groups, known.groups, (group, id) =>
    checkOwner(issues, group, document, () => ['groups', id]),
  );
  forChanged(document.users, known.users, (user, id) =>
    checkUser(issues, user, document, () => ['users', id]),
  );
  forChanged(document.proxy_keys, known.proxy_keys, (key, id) =>
    checkKey(issues, key, document, () => ['proxy_keys', id]),
  );
  const sameKeys = document.proxy_keys === known.proxy_keys && document.channels === known.channels;
  if (!sameKeys) checkKeyValues(issues, document);
  return issues;
}

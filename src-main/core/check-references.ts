import type { Document, Group, ProxyKey, User } from '../contract/document.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { isCidr } from './ip-address.ts';
import { suggestion } from './nearest-name.ts';

type Path = DocumentIssue['path'];

// A name may stand in thousands of records; a suggestion is looked for among so many at most.
const MOST_SUGGESTED_FROM = 2000;

function unknown(what: string, id: string, known: object, path: Path): DocumentIssue {
  const names = Object.keys(known);
  const hint = names.length > MOST_SUGGESTED_FROM ? '' : suggestion(id, names);
  return errorAt(path, `unknown ${what} "${id}"${hint}`);
}

/** Errors for address ranges that cannot be read. */
export function checkCidrs(list: readonly string[] | undefined, path: Path): DocumentIssue[] {
  if (list === undefined) return [];
  return list.flatMap((cidr, index) =>
    isCidr(cidr)
      ? []
      : [errorAt([...path, index], `"${cidr}" is not an address or a range such as 10.0.0.0/8`)],
  );
}

function checkChannelList(owner: User | Group, document: Document, path: Path): DocumentIssue[] {
  if (owner.channels === undefined || owner.channels === '*') return [];
  return checkChannelIds(owner.channels, document, (index) => [...path, 'channels', index]);
}

function checkChannelIds(
  ids: readonly string[],
  document: Document,
  at: (index: number) => Path,
): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  for (const [index, id] of ids.entries()) {
    if (!Object.hasOwn(document.channels, id))
      issues.push(unknown('channel', id, document.channels, at(index)));
    if (ids.indexOf(id) < index) issues.push(errorAt(at(index), `channel "${id}" is listed twice`));
  }
  return issues;
}

function checkUser(user: User, document: Document, path: Path): DocumentIssue[] {
  const issues = checkChannelList(user, document, path);
  issues.push(...checkCidrs(user.ip_allowlist, [...path, 'ip_allowlist']));
  if (user.group !== undefined && !Object.hasOwn(document.groups, user.group)) {
    issues.push(unknown('group', user.group, document.groups, [...path, 'group']));
  }
  return issues;
}

function checkKey(key: ProxyKey, document: Document, path: Path): DocumentIssue[] {
  const ids = (key.channels ?? []).map((channel) => channel.id);
  const issues = checkChannelIds(ids, document, (index) => [...path, 'channels', index, 'id']);
  if (!Object.hasOwn(document.users, key.user)) {
    issues.push(unknown('user', key.user, document.users, [...path, 'user']));
  }
  return issues;
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
function checkKeyValues(document: Document): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  const owners = new Map<string, string>();
  const secrets = channelSecrets(document);
  const see = (value: string, id: string, path: Path): void => {
    const owner = owners.get(value);
    if (owner !== undefined)
      issues.push(errorAt(path, `the same Proxy-Key already stands in proxy_keys "${owner}"`));
    owners.set(value, id);
    const channel = secrets.get(value);
    if (channel !== undefined)
      issues.push(errorAt(path, `this Proxy-Key is also an API key of channel "${channel}"`));
  };
  for (const [id, key] of Object.entries(document.proxy_keys)) {
    see(key.key, id, ['proxy_keys', id, 'key']);
    for (const [index, old] of (key.previous ?? []).entries()) {
      see(old.key, id, ['proxy_keys', id, 'previous', index, 'key']);
    }
  }
  return issues;
}

/** Errors for users, groups and channels that are named and do not exist, and for Proxy-Keys that stand twice. */
export function checkReferences(document: Document): DocumentIssue[] {
  const issues: DocumentIssue[] = [];
  for (const [id, group] of Object.entries(document.groups)) {
    issues.push(...checkChannelList(group, document, ['groups', id]));
  }
  for (const [id, user] of Object.entries(document.users))
    issues.push(...checkUser(user, document, ['users', id]));
  for (const [id, key] of Object.entries(document.proxy_keys)) {
    issues.push(...checkKey(key, document, ['proxy_keys', id]));
  }
  return [...issues, ...checkKeyValues(document)];
}

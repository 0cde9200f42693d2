import type { Document, SectionName } from '../../contract/document.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import { type Change, changedMembers, checkWhole, detached, memberOf } from './changes.ts';
import type { CommitStep } from './commit-write.ts';

/** What others name; the sections may lie in different files. */
const NAMED: ReadonlySet<SectionName> = new Set<SectionName>(['channels', 'groups', 'users']);

/** What has to be changed to make one document of another. */
export function changesBetween(from: Document, to: Document): Change[] {
  return [...changedMembers(from, to)].map((member) => {
    const end = member.indexOf('/');
    // The names come from the sections themselves; ids (of prices) may hold a slash too.
    const section = member.slice(0, end) as SectionName;
    const id = member.slice(end + 1);
    return { section, id, value: detached(memberOf(to, section, id)), expected: undefined };
  });
}

const goesLast = ({ section, value }: Change): boolean => value === undefined && NAMED.has(section);

/** The document after these changes, whose records are those of valid documents and not checked again. */
function withChanges(document: Document, changes: readonly Change[]): Document {
  const sections = new Map<SectionName, Record<string, unknown>>();
  for (const { section, id, value } of changes) {
    const members = sections.get(section) ?? { ...document[section] };
    sections.set(section, members);
    if (value === undefined) delete members[id];
    else members[id] = value;
  }
  return { ...document, ...Object.fromEntries(sections) } as Document;
}

/** Whether users, keys and channels would fit together after these changes. */
function fits(changes: readonly Change[], from: Document, rules: ChannelRules): boolean {
  try {
    checkWhole(withChanges(from, changes), from, rules);
    return true;
  } catch {
    return false;
  }
}

/**
 * What has to be changed to make one document of another, as commits to be made one after the other. Each file is
 * written by itself, so a crash may come between two of them: what is named goes last, and no file ever names what is
 * not there. Where the way in between is barred (a Proxy-Key that is an old channel's API key), all is one commit.
 */
export function replacementCommits(
  from: Document,
  to: Document,
  rules: ChannelRules,
): readonly (readonly Change[])[] {
  const changes = changesBetween(from, to);
  const first = changes.filter((change) => !goesLast(change));
  const last = changes.filter(goesLast);
  if (last.length === 0 || !fits(first, from, rules)) return [changes];
  const people = last.filter(({ section }) => section !== 'channels');
  const channels = last.filter(({ section }) => section === 'channels');
  return [first, people, channels].filter((commit) => commit.length > 0);
}

/**
 * Accepted changes, as steps to be written one after the other so that a crash between two files leaves a valid
 * document: mostly one, more where something that others name goes.
 */
export function commitSteps(
  changes: readonly Change[],
  from: Document,
  to: Document,
  rules: ChannelRules,
): readonly CommitStep[] {
  if (changes.length < 2 || !changes.some(goesLast)) return [{ changes, document: to }];
  let document = from;
  return replacementCommits(from, to, rules).map((commit) => {
    document = withChanges(document, commit);
    return { changes: commit, document };
  });
}

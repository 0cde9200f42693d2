import type { SectionName } from '../contract/document.ts';
import { type DocumentIssue, errorAt } from './document-issue.ts';
import { isObject } from './same-value.ts';

/** Longer than any name, and short enough for a line of a list. UTF-16 units. */
const LONGEST_NAME = 500;

/** The members of records that stand on one line of lists, files and logs. Notes may have several lines. */
const NAMES: Readonly<Partial<Record<SectionName, readonly (readonly string[])[]>>> = {
  users: [['name'], ['department'], ['contact', 'email'], ['contact', 'phone']],
  proxy_keys: [['name']],
  groups: [['name']],
  channels: [['name']],
  prices: [['currency']],
};

/** Line ends of every script among them. */
const NOT_PLAIN = /[\p{Cc}\u2028\u2029]/u;

/** Whether a text has neither line ends nor other control characters. */
export const isOneLine = (text: string): boolean => !NOT_PLAIN.test(text);

/** Why a text is no name that people may give; `null` where it is one. */
export function nameProblem(text: string): string | null {
  if (!isOneLine(text)) return 'must stand on one line, without line ends, tabs or other control characters';
  return text.length > LONGEST_NAME ? `must have at most ${LONGEST_NAME} characters` : null;
}

function valueAt(record: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, member) => (isObject(value) ? value[member] : undefined), record);
}

/**
 * What is wrong with the names in a record that somebody sends, by the places within it. Stored records may have such
 * names, from before or by hand, and keep them until they are changed: a start must not fail for them.
 * @param stored the record as it is; `null` where there is none
 */
export function nameIssues(section: SectionName, record: unknown, stored: unknown): DocumentIssue[] {
  return (NAMES[section] ?? []).flatMap((path) => {
    const value = valueAt(record, path);
    if (typeof value !== 'string' || value === valueAt(stored, path)) return [];
    const isEmptyName = path[0] === 'name' && value.trim() === '';
    const problem = isEmptyName ? 'must not be empty; leave it out where there is none' : nameProblem(value);
    return problem === null ? [] : [errorAt(path, problem)];
  });
}

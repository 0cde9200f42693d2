import { type Document, MAP_SECTIONS, type SectionName } from '../contract/document.ts';
import { sameValue } from './same-value.ts';

/** A record (or member of `system`) that differs between two documents; `undefined` where it is not there. */
export interface ChangedRecord {
  readonly section: SectionName;
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

const memberOf = (members: object, id: string): unknown =>
  Object.hasOwn(members, id) ? Reflect.get(members, id) : undefined;

/** Every record in which two documents differ. */
export function changedRecords(before: Document, after: Document): ChangedRecord[] {
  return [...MAP_SECTIONS, 'system' as const].flatMap((section) => {
    const [from, to]: readonly [object, object] = [before[section], after[section]];
    if (from === to) return [];
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((id) => {
      const record = { section, id, before: memberOf(from, id), after: memberOf(to, id) };
      return sameValue(record.before, record.after) ? [] : [record];
    });
  });
}

import { isObject, sameValue } from './same-value.ts';

/** A member before and after; `null` stands for none. */
export interface ChangedMember {
  readonly member: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The members in which two versions of a record differ.
 * @param before and `after`: what is compared; `null` where there is none
 * @param shown what is told of a record: the same members, their secrets masked
 */
export function changedValues(
  before: object | null,
  after: object | null,
  shown: (record: object) => unknown,
): ChangedMember[] {
  const [from, to] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  const told = (record: object | null, member: string): unknown => {
    const view = record === null ? null : shown(record);
    return isObject(view) && Object.hasOwn(view, member) ? view[member] : null;
  };
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((member) => !sameValue(from.get(member), to.get(member)))
    .map((member) => ({ member, before: told(before, member), after: told(after, member) }));
}

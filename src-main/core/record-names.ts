import type { Document } from '../contract/document.ts';
import type { Dimension } from '../contract/statistics.ts';

const SECTIONS = { user: 'users', key: 'proxy_keys', channel: 'channels' } as const;

/** The dimensions whose values are ids of records that have names. */
export const NAMED_DIMENSIONS = ['user', 'key', 'channel'] as const satisfies readonly Dimension[];
export type NamedDimension = (typeof NAMED_DIMENSIONS)[number];

/** Whether a dimension's values are ids of records that have names. */
export function isNamed(dimension: Dimension): dimension is NamedDimension {
  return Object.hasOwn(SECTIONS, dimension);
}

/** The sections whose records have ids that logs and statistics tell. */
export type NamedSection = 'users' | 'proxy_keys' | 'channels' | 'groups';

type Named = Readonly<Record<string, { readonly name?: string | undefined }>>;

/** What admins called these records, `null` where one has no name. Ids of nothing are left out. */
export function namesOf(
  document: Document,
  section: NamedSection,
  ids: readonly string[],
): Record<string, string | null> {
  const records: Named = document[section];
  const known = ids.filter((id) => Object.hasOwn(records, id));
  return Object.fromEntries(known.map((id) => [id, records[id]?.name ?? null]));
}

/** What an admin called a record; `null` where it has no name, or is gone. */
export function nameOf(document: Document, dimension: NamedDimension, id: string): string | null {
  const section: Named = document[SECTIONS[dimension]];
  return Object.hasOwn(section, id) ? (section[id]?.name ?? null) : null;
}

import type { Document } from '../contract/document.ts';
import type { Dimension } from '../contract/statistics.ts';
import type { GoneNames } from './control-ports.ts';

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

/** Where names are looked up: the records there are, then what those that are gone were called. */
export interface RecordNames {
  readonly document: Document;
  readonly gone: GoneNames;
}

/** What admins call these records, or called them last; `null` where one has no name. Ids of nothing are left out. */
export function namesOf(
  { document, gone }: RecordNames,
  section: NamedSection,
  ids: readonly string[],
): Record<string, string | null> {
  const records: Named = document[section];
  const known = ids.flatMap((id): [string, string | null][] => {
    if (Object.hasOwn(records, id)) return [[id, records[id]?.name ?? null]];
    const last = gone.nameOf(section, id);
    return last === null ? [] : [[id, last]];
  });
  return Object.fromEntries(known);
}

/** What an admin calls a record, or called it last; `null` where it has no name. */
export function nameOf(names: RecordNames, dimension: NamedDimension, id: string): string | null {
  const found = namesOf(names, SECTIONS[dimension], [id]);
  return Object.hasOwn(found, id) ? (found[id] ?? null) : null;
}

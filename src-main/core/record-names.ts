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

/** What an admin called a record; `null` where it has no name, or is gone. */
export function nameOf(document: Document, dimension: NamedDimension, id: string): string | null {
  const section: Readonly<Record<string, { readonly name?: string | undefined }>> =
    document[SECTIONS[dimension]];
  return Object.hasOwn(section, id) ? (section[id]?.name ?? null) : null;
}

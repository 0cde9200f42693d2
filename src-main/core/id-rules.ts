import { decodedSegment } from './decoded-segment.ts';

/** Where an answer tells an id, and how long that id means something. */
export interface IdPlace {
  /** Names of members from the answer's top, or from an event's; the first way that leads somewhere counts. */
  readonly ways: readonly (readonly string[])[];
  /** The header in lower case where an answer tells it there: a URL that names the id in its path or query. */
  readonly header: string | null;
  /** What the id is one of (`files`); `null` where it says so itself (`files/abc`). */
  readonly collection: string | null;
  /** The id is itself a permission: clients name it and send no key with it. */
  readonly permits: boolean;
  /** After so many days without a trace the binding is forgotten. */
  readonly days: number;
}

/** When a successful POST makes something that lasts. */
export type Lasting = 'always' | 'if store' | 'unless store is false' | 'if X-DashScope-Async';

/** What an operation has to do with ids that platforms hand out. */
export interface IdRules {
  /** The ids in its path, with what they are ids of: `files/file-abc`. */
  readonly named: readonly string[];
  /** Members of the request's body that name ids, and what of; `null` for ids that say so themselves. */
  readonly members: ReadonlyMap<string, string | null> | null;
  /** A member of the query that names an id, and what of. */
  readonly queried: readonly [member: string, collection: string] | null;
  /** Where the answer to a POST tells the id of what it made. */
  readonly made: readonly IdPlace[];
  readonly lasting: Lasting;
  /** Where an answer about something known tells ids of what came of it: a batch's output file. */
  readonly told: readonly IdPlace[];
}

/** How long platforms keep things: some for hours, responses and batch results for a month, files until they are deleted. */
export const KEPT_DAYS = { hours: 7, month: 30, lasting: 365 } as const;

const NONE: readonly never[] = [];

/** Rules with nothing in them but what is given. */
export function idRules(some: Partial<IdRules>): IdRules {
  return { named: NONE, members: null, queried: null, made: NONE, lasting: 'always', told: NONE, ...some };
}

/** @param ways each the member names to the id, joined by dots */
export function inBody(collection: string | null, days: number, ...ways: readonly string[]): IdPlace {
  return { ways: ways.map((way) => way.split('.')), header: null, collection, permits: false, days };
}

/** @param header in lower case */
export function inHeader(header: string, collection: string, permits = false): IdPlace {
  return { ways: NONE, header, collection, permits, days: KEPT_DAYS.hours };
}

/** Longer ones are no ids. */
const MAX_ID_LENGTH = 200;
/** No path goes deeper. */
const MAX_PAIRS = 12;

/**
 * The name under which an id is known here: with what it is an id of, because the ids of two APIs need not differ.
 * @returns `null` for what cannot be one
 */
export function idName(collection: string | null, id: string): string | null {
  if (id === '' || id.length > MAX_ID_LENGTH) return null;
  if (collection !== null) return `${collection}/${id}`;
  const [of = '', last = ''] = id.split('/').slice(-2);
  return of === '' || last === '' ? null : `${of}/${last}`;
}

/** Each segment of a path with the one before it: one of them is an id with what it is an id of. */
export function pairsIn(resource: string): readonly string[] {
  const segments = resource.split('/', MAX_PAIRS + 1);
  if (segments.length < 2) return NONE;
  return segments.slice(1).map((segment, before) => `${segments[before]}/${decodedSegment(segment)}`);
}

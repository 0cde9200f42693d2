import { z } from '@hono/zod-openapi';
import type { MapSection } from '../../contract/document.ts';
import type { RecordOf } from '../../core/ports.ts';
import { QueryText, queryNumber } from '../query-values.ts';
import type { AroundRecord, ResourceKind } from './resource-kind.ts';

const PER_PAGE = 50;
const MOST_PER_PAGE = 500;

/** What a list may be asked for; members nobody knows are refused, because they are slips of the pen. */
export function listQuery<S extends MapSection>(kind: ResourceKind<S>) {
  const filters = Object.entries(kind.filters).map(
    ([name, { description, schema = QueryText }]) =>
      [name, schema.optional().openapi({ description })] as const,
  );
  const sorts = ['id', ...kind.sortedBy].flatMap((name) => [name, `-${name}`]);
  return z.strictObject({
    ...Object.fromEntries(filters),
    page: queryNumber(z.int().min(1).max(1_000_000)).default(1).openapi({ description: 'Counts from 1' }),
    per_page: queryNumber(z.int().min(1).max(MOST_PER_PAGE)).default(PER_PAGE),
    search: QueryText.optional().openapi({ description: 'Part of any text, whatever its case' }),
    sort: z.enum(sorts).default('id').openapi({ description: 'With a minus in front, the other way round' }),
  });
}

/** A question for a list, as its schema gives it. */
export interface ListQuestion {
  readonly page: number;
  readonly per_page: number;
  readonly search?: string | undefined;
  readonly sort: string;
  /** The filters, by name. */
  readonly [filter: string]: unknown;
}

export interface ListPage<S extends MapSection> {
  readonly items: readonly (readonly [id: string, record: RecordOf<S>])[];
  /** Of all pages. */
  readonly total: number;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

type Entry<S extends MapSection> = readonly [id: string, record: RecordOf<S>];

const byCode = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** Numbers in their own order, texts as people sort them, which costs ten times as much as by their codes. */
function byValue(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return COLLATOR.compare(String(one), String(other));
}

/** What a record is sorted by; a time may have any offset. */
function sortedValue(record: object, name: string): unknown {
  const value: unknown = Reflect.get(record, name);
  return typeof value === 'string' && name.endsWith('_at') ? Date.parse(value) : value;
}

/**
 * Entries in the order that was asked for; those without the member come last, and equals by id.
 * @param valuesOf a record with what is told of it
 */
function sorted<S extends MapSection>(
  entries: readonly Entry<S>[],
  sort: string,
  valuesOf: (entry: Entry<S>) => object,
): readonly Entry<S>[] {
  const name = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  if (name === 'id') return entries.toSorted((a, b) => sign * byCode(a[0], b[0]));
  const keyed = entries.map((entry) => ({ entry, value: sortedValue(valuesOf(entry), name) }));
  keyed.sort((a, b) => {
    const isMissing = a.value === undefined || b.value === undefined;
    const order = isMissing
      ? Number(a.value === undefined) - Number(b.value === undefined)
      : sign * byValue(a.value, b.value);
    return order === 0 ? byCode(a.entry[0], b.entry[0]) : order;
  });
  return keyed.map(({ entry }) => entry);
}

function fitting<S extends MapSection>(kind: ResourceKind<S>, question: ListQuestion, around: AroundRecord) {
  const filters = Object.entries(kind.filters).flatMap(([name, { fits }]) => {
    const value = question[name];
    return typeof value === 'string' ? [(record: RecordOf<S>) => fits(record, value, around)] : [];
  });
  const needle = question.search?.toLowerCase();
  return ([id, record]: Entry<S>): boolean =>
    filters.every((fits) => fits(record)) &&
    (needle === undefined ||
      kind.texts(id, record, around.document).some((text) => text?.toLowerCase().includes(needle) ?? false));
}

/** One page of the records that fit. */
export function listRecords<S extends MapSection>(
  kind: ResourceKind<S>,
  question: ListQuestion,
  around: AroundRecord,
): ListPage<S> {
  // The section holds this kind of record.
  const records = around.document[kind.section] as Readonly<Record<string, RecordOf<S>>>;
  const all: Entry<S>[] = Object.entries(records);
  const isTold = Object.hasOwn(kind.told?.schemas ?? {}, question.sort.replace(/^-/, ''));
  const valuesOf = ([id, record]: Entry<S>): object =>
    isTold ? (kind.told?.of(id, record, around) ?? record) : record;
  const found = sorted(all.filter(fitting(kind, question, around)), question.sort, valuesOf);
  const from = (question.page - 1) * question.per_page;
  return { items: found.slice(from, from + question.per_page), total: found.length };
}

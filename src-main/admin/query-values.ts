import { z } from '@hono/zod-openapi';
import { Time } from '../contract/values.ts';

/** A `+` that was not percent-encoded arrives as a space, and is what most people write. */
const restorePlus = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/ (?=\d{2}:\d{2}$)/, '+') : value;

/** RFC 3339 in a query. */
export const QueryTime = z
  .preprocess(restorePlus, Time)
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-21T00:00:00+08:00' });

/** A text in a query; nothing that is stored is longer. */
export const QueryText = z.string().max(2048);

/** For a parameter that may be repeated: it arrives as a text where it was not. */
export const inList = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);

/** A number in a query. */
export function queryNumber(schema: z.ZodNumber) {
  return z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(schema);
}

/** A half-open range whose ends may both be left out. */
export const OPEN_RANGE = { start_time: QueryTime.optional(), end_time: QueryTime.optional() };

/** The range in epoch milliseconds. */
export function openRange({
  start_time,
  end_time,
}: {
  readonly start_time?: string | undefined;
  readonly end_time?: string | undefined;
}): { readonly fromMs: number | null; readonly untilMs: number | null } {
  return {
    fromMs: start_time === undefined ? null : Date.parse(start_time),
    untilMs: end_time === undefined ? null : Date.parse(end_time),
  };
}

/** Paging through a log. */
export const LOG_PAGE = {
  limit: queryNumber(z.int().min(1).max(500)).default(50),
  cursor: z.string().max(256).optional().openapi({ description: '`next` of the page before' }),
};

/** What every log that is read back answers with. */
export function logPage<S extends z.ZodType>(item: S, name: string) {
  return z.object({ items: z.array(item), next: z.string().nullable() }).openapi(name);
}

/** Members without those that are `undefined`. */
export function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  // What was left out is what an optional member may be.
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

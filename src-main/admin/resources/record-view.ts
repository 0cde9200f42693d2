import type { Context } from 'hono';
import { masked } from '../../core/masked-record.ts';
import type { Stored } from '../../core/ports.ts';
import type { SecretPlaces } from '../../core/secret-places.ts';
import { etagOf } from '../if-match.ts';

/** A record as reads show it: its id, and every secret masked. */
export function viewOf(id: string, record: object, places: SecretPlaces | null): Record<string, unknown> {
  return { id, ...(masked(record, places) as object) };
}

/** Answers with one record and its version. */
export function answerRecord(
  context: Context,
  view: object,
  { version }: Stored<unknown>,
  status: 200 | 201 = 200,
) {
  return context.json(view, status, { etag: etagOf(version) });
}

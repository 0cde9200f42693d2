import { z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import type { MapSection } from '../../contract/document.ts';
import { Id } from '../../contract/values.ts';
import type { RecordChange, RecordOf } from '../../core/ports.ts';
import { sameValue } from '../../core/same-value.ts';
import { auditChange } from './record-audit.ts';
import { removeRecord } from './record-removal.ts';
import { withPlacesOfBody } from './record-rules.ts';
import { type RecordContext, timeOf, withRetries } from './record-writing.ts';
import type { ResourceKind } from './resource-kind.ts';

/** More would keep the console waiting without a sign of life. */
const MOST_RECORDS = 500;

/**
 * The body of a request that changes or deletes many records.
 * @param set what may be set for all of them
 * @param deletion what a deletion takes along, in words
 */
export const bulkBody = <S extends z.ZodType>(set: S, deletion: string) =>
  z
    .strictObject({
      ids: z.array(Id).min(1).max(MOST_RECORDS),
      set: set.optional(),
      delete: z.literal(true).optional().openapi({ description: deletion }),
    })
    .refine((body) => (body.set === undefined) !== (body.delete === undefined), 'send either set or delete');

/** What is answered to it. */
export const BulkAnswer = z
  .object({
    changed: z.array(z.string()),
    missing: z.array(z.string()).openapi({ description: 'Ids that no record has' }),
  })
  .openapi('BulkAnswer');

/** The kinds whose records are changed by the hundred. */
type BulkSection = 'users' | 'proxy_keys';

/** What is done to many records. */
export interface BulkChange<S extends MapSection> {
  readonly ids: readonly string[];
  /** The record as it shall be; `null`: it is deleted. */
  readonly next: ((record: RecordOf<S>) => RecordOf<S>) | null;
  readonly actor: Actor;
}

/** The changes of those records that are not so already. */
function changesOf<S extends BulkSection>(
  context: RecordContext,
  section: S,
  ids: readonly string[],
  next: (record: RecordOf<S>) => RecordOf<S>,
): RecordChange[] {
  const updated_at = timeOf(context);
  return ids.flatMap((id) => {
    const stored = context.store.get(section, id);
    if (stored === null) return [];
    const record = next(stored.record);
    if (sameValue(record, stored.record)) return [];
    const change = { section, id, record: { ...record, updated_at }, expectedVersion: stored.version };
    // The compiler does not see that the section and its record belong together.
    return [change as RecordChange];
  });
}

/** Sets the same for many records, in one commit or not at all. @returns the ids of those that were changed */
async function setMany<S extends BulkSection>(
  context: RecordContext,
  section: S,
  ids: readonly string[],
  { next, actor }: { readonly next: (record: RecordOf<S>) => RecordOf<S>; readonly actor: Actor },
): Promise<string[]> {
  const { store, audit, placesOf } = context;
  return withRetries(async () => {
    const before = store.current[section];
    const changes = changesOf(context, section, ids, next);
    await withPlacesOfBody([], () => store.change(changes));
    const audited = changes.map(({ id, record }) =>
      auditChange(audit, placesOf, actor, {
        section,
        id,
        action: 'update',
        before: before[id] ?? null,
        after: record ?? null,
      }),
    );
    await Promise.all(audited);
    return changes.map(({ id }) => id);
  });
}

/** Changes or deletes many records that were chosen in a list. @throws ProxyError where the store refuses it */
export async function changeMany<S extends BulkSection>(
  context: RecordContext,
  kind: ResourceKind<S>,
  { ids, next, actor }: BulkChange<S>,
): Promise<z.infer<typeof BulkAnswer>> {
  const all = [...new Set(ids)];
  const there = all.filter((id) => context.store.get(kind.section, id) !== null);
  const missing = all.filter((id) => !there.includes(id));
  if (next !== null) {
    return { changed: await setMany(context, kind.section, there, { next, actor }), missing };
  }
  // Commits that arrive together are written together.
  await Promise.all(
    there.map((id) => removeRecord(context, kind, id, { force: true, precondition: null, actor })),
  );
  return { changed: there, missing };
}

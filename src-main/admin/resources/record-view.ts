import type { Context } from 'hono';
import type { MapSection } from '../../contract/document.ts';
import { masked } from '../../core/masked-record.ts';
import type { RecordOf, Stored } from '../../core/ports.ts';
import type { PlacesOf } from '../../core/record-places.ts';
import type { AdminContext } from '../admin-context.ts';
import { etagOf } from '../if-match.ts';
import type { AroundRecord, ResourceKind } from './resource-kind.ts';

/** What a view is made with. */
export interface ViewContext extends Pick<AdminContext, 'store' | 'clock' | 'lastUses'> {
  readonly placesOf: PlacesOf;
}

/** What is known beside a record now. */
export const aroundNow = ({ store, clock, lastUses }: ViewContext): AroundRecord => ({
  document: store.current,
  nowMs: clock.now(),
  lastUses,
});

/** A record as reads show it: its id, every secret masked, and what is told of it. */
export function viewOf<S extends MapSection>(
  context: ViewContext,
  { section, told }: Pick<ResourceKind<S>, 'section' | 'told'>,
  id: string,
  record: RecordOf<S>,
): Record<string, unknown> {
  return {
    id,
    ...(masked(record, context.placesOf(section, record)) as object),
    ...told?.of(id, record, aroundNow(context)),
  };
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

import { createRoute, z } from '@hono/zod-openapi';
import { Id } from '../../contract/values.ts';
import type { RecordChange } from '../../core/ports.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { invalid } from '../resources/record-rules.ts';
import { type RecordContext, timeOf, withRetries } from '../resources/record-writing.ts';

const MOST_CHANNELS = 10_000;

const Ids = z
  .array(Id)
  .min(1)
  .max(MOST_CHANNELS)
  .refine((ids) => new Set(ids).size === ids.length, 'must name each channel once');

const orderChannels = createRoute({
  method: 'post',
  path: '/channels/order',
  summary: 'Gives channels their order',
  description:
    'Those of the list get the priorities 1, 2, 3, … in one change, all or none. Channels that it does not name keep theirs.',
  tags: ['Channels'],
  request: { body: jsonBody(z.strictObject({ ids: Ids })) },
  responses: {
    200: jsonAnswer(z.object({ changed: z.int() }).openapi('ChannelOrder'), 'How many have another priority'),
    ...ERRORS,
  },
});

/** The order of channels, changed as a whole: one by one, each step would be an order that nobody wanted. */
export function channelOrderRoutes(context: Pick<RecordContext, 'store' | 'audit' | 'clock'>) {
  const { store, audit } = context;
  return apiRouter().openapi(orderChannels, async (request) => {
    const { ids } = request.req.valid('json');
    const changed = await withRetries(async () => {
      const changes = changesFor(context, ids);
      if (changes.length > 0) await store.change(changes);
      return changes.map(({ id }) => id);
    });
    const details = { ids, changed };
    await audit.append({ actor: request.get('actor'), action: 'channel.order', target: null, details });
    return request.json({ changed: changed.length }, 200);
  });
}

function changesFor(context: Pick<RecordContext, 'store' | 'clock'>, ids: readonly string[]): RecordChange[] {
  const updated_at = timeOf(context);
  return ids.flatMap((id, at): RecordChange[] => {
    const stored = context.store.get('channels', id);
    if (stored === null) throw invalid([{ path: `ids.${at}`, message: 'there is no such channel' }]);
    const { record, version } = stored;
    if (record.priority === at + 1) return [];
    const moved = { ...record, priority: at + 1, updated_at };
    return [{ section: 'channels', id, record: moved, expectedVersion: version }];
  });
}

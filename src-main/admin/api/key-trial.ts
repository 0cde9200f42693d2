import { createRoute, z } from '@hono/zod-openapi';
import { ProxyError } from '../../contract/errors.ts';
import { type TrialEvent, TrialQuestion } from '../../contract/key-trial.ts';
import { Id } from '../../contract/values.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';

const Params = z.object({ id: Id });

const Reachable = z
  .object({
    id: z.string(),
    name: z.string(),
    platform: z.string(),
    models: z
      .array(z.string())
      .openapi({ description: 'As far as they are known without asking the platform' }),
  })
  .openapi('ReachableChannel');

const listChannels = createRoute({
  method: 'get',
  path: '/proxy-keys/{id}/channels',
  summary: 'The channels that a Proxy-Key leads to, best first',
  description: 'What user, group and the key itself permit, without those that are disabled; the demo’s too.',
  tags: ['Proxy-Keys'],
  request: { params: Params },
  responses: { 200: jsonAnswer(z.object({ items: z.array(Reachable) }), 'Channels'), ...ERRORS },
});

const tryKey = createRoute({
  method: 'post',
  path: '/proxy-keys/{id}/try',
  summary: 'Sends a test request with a Proxy-Key and tells the answer as it comes',
  description:
    'The request goes through the proxy’s own listener and counts as the key’s holder’s. One JSON object a line: ' +
    '`head` with status and request id, `text` with the model’s next words, `failed`, and at last `end` with the line ' +
    'of the request log. Each time is audited; the key is not shown.',
  tags: ['Proxy-Keys'],
  request: { params: Params, body: jsonBody(TrialQuestion) },
  responses: {
    200: { description: 'What happens', content: { 'application/x-ndjson': { schema: z.string() } } },
    ...ERRORS,
  },
});

const unknown = (): ProxyError =>
  new ProxyError(
    'not_found',
    'The proxy knows no such Proxy-Key: it was deleted, or its variable is not set.',
  );

/** The events as lines; who stops reading ends the request. */
function lines(events: AsyncIterable<TrialEvent>, end: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      end.abort();
      await iterator.return?.();
    },
  });
}

/** Trying Proxy-Keys through the gateway itself. */
export function keyTrialRoutes({ trials, audit }: Pick<AdminContext, 'trials' | 'audit'>) {
  return apiRouter()
    .openapi(listChannels, (context) => {
      const channels = trials.channelsOf(context.req.valid('param').id);
      if (channels === null) throw unknown();
      return context.json({ items: channels.map((one) => ({ ...one, models: [...one.models] })) }, 200);
    })
    .openapi(tryKey, async (context) => {
      const { id } = context.req.valid('param');
      const question = context.req.valid('json');
      const end = new AbortController();
      const events = trials.ask(id, question, end.signal);
      if (events === null) throw unknown();
      const { model, channel = null } = question;
      const actor = context.get('actor');
      await audit.append({ actor, action: 'proxy_key.try', target: id, details: { model, channel } });
      return context.body(lines(events, end), 200, { 'content-type': 'application/x-ndjson' }) as never;
    });
}

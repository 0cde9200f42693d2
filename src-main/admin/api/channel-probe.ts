import { createRoute, z } from '@hono/zod-openapi';
import { Channel } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { Id } from '../../contract/values.ts';
import { checkChannel } from '../../core/check-channel.ts';
import type { ProbeResult } from '../../core/control-ports.ts';
import type { DocumentIssue } from '../../core/document-issue.ts';
import { platformFacts } from '../../core/platform-facts.ts';
import { withStoredSecrets } from '../../core/unsaved-channel.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { Refusal } from '../console-error.ts';
import { addressOf } from '../tried-address.ts';

const ProbeAnswer = z
  .object({
    ok: z.boolean().openapi({ description: 'Of a channel with several keys: whether all of them work' }),
    request: z.string().nullable().openapi({ example: 'GET /v1/models' }),
    status: z.int().nullable(),
    latency_ms: z.number().nonnegative(),
    message: z.string().openapi({ description: 'The platform’s own words, or why it could not be reached' }),
    keys: z
      .array(z.object({ key: z.string(), ok: z.boolean(), status: z.int().nullable(), message: z.string() }))
      .optional()
      .openapi({ description: 'Each key by itself, where the channel has several' }),
  })
  .openapi('ChannelTest');

const Model = z.string().min(1).max(256).optional();
const Params = z.object({ id: Id });
const json = <S extends z.ZodType>(schema: S) => ({ content: { 'application/json': { schema } } });

const testStored = createRoute({
  method: 'post',
  path: '/channels/{id}/test',
  summary: 'Asks the platform whether a channel works',
  description:
    'Lists the platform’s models with each of the channel’s keys, or asks `model` for one token. A disabled channel is ' +
    'tested too. What the platform refuses is told in the answer, which is 200.',
  tags: ['Channels'],
  request: { params: Params, body: json(z.strictObject({ model: Model })) },
  responses: { 200: jsonAnswer(ProbeAnswer, 'What came of it'), ...ERRORS },
});

const testUnsaved = createRoute({
  method: 'post',
  path: '/channels/test',
  summary: 'Tests a channel that is not saved yet',
  description:
    'With the `id` of a stored channel, keys that are left out or masked are the stored ones, as long as everything that ' +
    'decides where they go is as it is stored. `env:NAME` is read for stored channels only.',
  tags: ['Channels'],
  request: {
    body: { required: true, ...json(z.strictObject({ id: Id.optional(), channel: Channel, model: Model })) },
  },
  responses: { 200: jsonAnswer(ProbeAnswer, 'What came of it'), ...ERRORS },
});

const listModels = createRoute({
  method: 'get',
  path: '/channels/{id}/models',
  summary: 'The models that the channel’s platform offers',
  tags: ['Channels'],
  request: { params: Params },
  responses: {
    200: jsonAnswer(z.object({ models: z.array(z.string()) }).openapi('ChannelModels'), 'Their ids, sorted'),
    ...ERRORS,
  },
});

/** Trying channels at their platforms. */
export function channelProbeRoutes({ probe, store, audit, platforms }: AdminContext) {
  const facts = platformFacts(platforms);
  return apiRouter()
    .openapi(testUnsaved, async (context) => {
      const { id, channel, model } = context.req.valid('json');
      const actor = context.get('actor');
      const stored = id === undefined ? null : storedChannel(store, id);
      const note = (details: Readonly<Record<string, unknown>>) =>
        audit.append({
          actor,
          action: 'channel.test',
          target: id ?? null,
          details: { unsaved: true, ...addressOf(channel), ...details },
        });
      const completed = withStoredSecrets(channel, stored);
      const issues = completed.ok ? errorsOf(checkChannel(completed.channel, [], facts)) : completed.issues;
      if (issues.length > 0 || !completed.ok) {
        await note({ refused: issues.map(({ path }) => path.join('.')) });
        throw refusal(issues);
      }
      const result = answerOf(await probe.test(id ?? 'unsaved', completed.channel, model ?? null));
      await note({ ok: result.ok, status: result.status });
      return context.json(result, 200);
    })
    .openapi(testStored, async (context) => {
      const { id } = context.req.valid('param');
      const { model } = context.req.valid('json');
      const result = answerOf(await probe.test(id, storedChannel(store, id), model ?? null));
      const details = { ok: result.ok, status: result.status };
      await audit.append({ actor: context.get('actor'), action: 'channel.test', target: id, details });
      return context.json(result, 200);
    })
    .openapi(listModels, async (context) => {
      const { id } = context.req.valid('param');
      const models = await probe.models(id, storedChannel(store, id));
      return context.json({ models: [...models] }, 200);
    });
}

function storedChannel(store: AdminContext['store'], id: string): Channel {
  const stored = store.get('channels', id);
  if (stored === null) throw new ProxyError('not_found', 'There is no such channel.');
  return stored.record;
}

const errorsOf = (issues: readonly DocumentIssue[]): readonly DocumentIssue[] =>
  issues.filter(({ severity }) => severity === 'error');

function refusal(issues: readonly DocumentIssue[]): Refusal {
  const told = issues.map(({ path, message }) => ({ path: ['channel', ...path].join('.'), message }));
  return new Refusal('validation_failed', told[0]?.message ?? 'The channel is not valid.', { issues: told });
}

/** With arrays that may be changed, as the route's type has them. */
const answerOf = ({ keys, ...result }: ProbeResult) =>
  keys === undefined ? result : { ...result, keys: keys.map((key) => ({ ...key })) };

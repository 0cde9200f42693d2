import { createReadStream } from 'node:fs';
import Anthropic, {
  APIError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  OverloadedError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-main/contract/request-record.ts';
import { recordingFetch } from '../support/sent-requests.ts';
import { type AnthropicStandIn, startAnthropic } from '../support/stand-ins/anthropic.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { type BigFile, useBigFile } from './big-file.ts';
import { expectProof } from './proof.ts';
import { ROUTES, type Route, useRoute } from './route.ts';

const PROMPT = 'Tell me three things about gateways, please: 你好 😀';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];
const MESSAGES_PATH = '/v1/messages';

type AnthropicRoute = Route<AnthropicStandIn>;

function connect(route: AnthropicRoute) {
  const { fetch, sent } = recordingFetch();
  const client = new Anthropic({ baseURL: route.baseUrl, apiKey: route.key, maxRetries: 0, fetch });
  return { client, sent };
}

const ask = (model: string) => ({ model, max_tokens: 64, messages: MESSAGES });

async function chats(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const message = await client.messages.create(ask('claude-stand-in'));
  const { text, usage } = replyTo(PROMPT);
  expect(message.content[0]).toMatchObject({ type: 'text', text });
  expect(message.usage.output_tokens).toBe(usage.tokens_out);
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: MESSAGES_PATH, model: 'claude-stand-in' });
}

async function streams(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.messages.create({ ...ask('claude-stand-in'), stream: true });
  const types: string[] = [];
  let text = '';
  for await (const event of stream) {
    if (types.at(-1) !== event.type) types.push(event.type);
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
  }
  expect(text).toBe(replyTo(PROMPT).text);
  expect(types).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: MESSAGES_PATH });
}

async function accumulates(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const message = await client.messages.stream(ask('claude-stand-in')).finalMessage();
  expect(message.stop_reason).toBe('end_turn');
  expect(message.usage.output_tokens).toBe(replyTo(PROMPT).usage.tokens_out);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: MESSAGES_PATH });
}

async function countsTokens(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const counted = await client.messages.countTokens({ model: 'claude-stand-in', messages: MESSAGES });
  expect(counted.input_tokens).toBe(replyTo(PROMPT).usage.tokens_in);
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: '/v1/messages/count_tokens' });
}

async function listsModels(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const ids: string[] = [];
  for await (const model of client.models.list()) ids.push(model.id);
  expect(ids).toEqual(['claude-stand-in', 'claude-stand-in-small']);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/models' });
}

async function uploads(route: AnthropicRoute, big: BigFile): Promise<void> {
  const { client, sent } = connect(route);
  const file = await client.beta.files.upload({ file: createReadStream(big.path) });
  const { name, sizeBytes, sha256 } = big;
  expect(file).toMatchObject({ filename: name, size_bytes: sizeBytes });
  expect(route.standIn.files.at(-1)).toEqual({ name, sizeBytes, sha256 });
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/files' });
}

type Failure = readonly [status: number, kind: new (...args: never[]) => APIError, outcome: Outcome];

const FAILURES: readonly Failure[] = [
  [400, BadRequestError, 'client_error'],
  [404, NotFoundError, 'client_error'],
  [429, RateLimitError, 'platform_error'],
  [500, InternalServerError, 'platform_error'],
  [529, OverloadedError, 'platform_error'],
];

async function fails(route: AnthropicRoute, [status, kind, outcome]: Failure): Promise<void> {
  const { client, sent } = connect(route);
  const failure: unknown = await client.messages
    .create(ask(`error-${status}`))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(kind);
  if (!(failure instanceof APIError)) throw failure;
  expect(failure.message).toContain(`The model error-${status} fails.`);
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: MESSAGES_PATH, status, outcome });
}

async function aborts(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const opening = client.messages.create({ ...ask('slow-stand-in'), stream: true });
  const seen = await route.standIn.nextRequest();
  seen.pace.release(2);
  let deltas = 0;
  for await (const event of await opening) {
    if (event.type === 'content_block_delta') deltas += 1;
    if (deltas === 2) break;
  }
  expect(await seen.closed).toBe('client-left');
  expect(seen.answered.usage.tokens_out).toBe(1);
  await expectProof(route, seen, sent[0], { endpoint: MESSAGES_PATH, outcome: 'partial' });
}

async function diesMidstream(route: AnthropicRoute): Promise<void> {
  const { client, sent } = connect(route);
  const whole = client.messages.stream(ask('die-midstream')).finalMessage();
  await expect(whole).rejects.toThrow();
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: MESSAGES_PATH, outcome: 'platform_error' });
}

describe.each(ROUTES)('the Anthropic SDK %s', (kind) => {
  const route = useRoute(kind, 'anthropic', startAnthropic);
  const bigFile = useBigFile(50);
  it('chats', () => chats(route()));
  it('streams every event in order', () => streams(route()));
  it('accumulates a stream to the final message', () => accumulates(route()));
  it('counts tokens', () => countsTokens(route()));
  it('lists models', () => listsModels(route()));
  it('uploads a file of 50 MiB', () => uploads(route(), bigFile()));
  it.each(FAILURES)('raises its own exception for a platform answer of %i', (...failure) =>
    fails(route(), failure),
  );
  it('stops the platform when it leaves in the middle of a stream', () => aborts(route()));
  it('learns that the platform died in the middle of a stream', () => diesMidstream(route()));
});

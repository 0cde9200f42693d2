import { createReadStream } from 'node:fs';
import OpenAI, {
  APIError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-main/contract/request-record.ts';
import { recordingFetch } from '../support/sent-requests.ts';
import { OPENAI_MODELS, type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { embeddingOf, replyTo } from '../support/stand-ins/reply.ts';
import { type BigFile, useBigFile } from './big-file.ts';
import { expectProof } from './proof.ts';
import { ROUTES, type Route, useRoute } from './route.ts';

const PROMPT = 'Tell me three things about proxies, please: 你好 😀';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];
const CHAT = '/v1/chat/completions';

type OpenAiRoute = Route<OpenAiStandIn>;

function connect(route: OpenAiRoute) {
  const { fetch, sent } = recordingFetch();
  const client = new OpenAI({ baseURL: `${route.baseUrl}/v1`, apiKey: route.key, maxRetries: 0, fetch });
  return { client, sent };
}

async function chats(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const completion = await client.chat.completions.create({ model: 'gpt-stand-in', messages: MESSAGES });
  const { text, usage } = replyTo(PROMPT);
  expect(completion.choices[0]?.message.content).toBe(text);
  expect(completion.usage?.total_tokens).toBe(usage.tokens_in + usage.tokens_out);
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(CHAT);
  await expectProof(route, seen, sent[0], { endpoint: CHAT, model: 'gpt-stand-in' });
}

async function streams(route: OpenAiRoute, include_usage: boolean): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.chat.completions.create({
    model: 'gpt-stand-in',
    messages: MESSAGES,
    stream: true,
    ...(include_usage ? { stream_options: { include_usage } } : {}),
  });
  let text = '';
  let usageChunks = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.choices.length === 0) usageChunks += 1;
  }
  expect(text).toBe(replyTo(PROMPT).text);
  expect(usageChunks).toBe(include_usage ? 1 : 0);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], {
    endpoint: CHAT,
    usageAskedFor: !include_usage,
  });
}

async function responds(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.responses.create({ model: 'gpt-stand-in', input: PROMPT, stream: true });
  let completed = '';
  for await (const event of stream) {
    if (event.type === 'response.completed') completed = event.response.id;
  }
  expect(completed).toBe('resp_stand_in');
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/responses' });
  const response = await client.responses.create({ model: 'gpt-stand-in', input: PROMPT });
  expect(response.output_text).toBe(replyTo(PROMPT).text);
  await expectProof(route, await route.standIn.nextRequest(), sent[1], { endpoint: '/v1/responses' });
}

async function embeds(route: OpenAiRoute, encoding_format?: 'float'): Promise<void> {
  const { client, sent } = connect(route);
  const answer = await client.embeddings.create({
    model: 'text-embedding-stand-in',
    input: ['one', 'and two'],
    ...(encoding_format === undefined ? {} : { encoding_format }),
  });
  expect(answer.data.map(({ embedding }) => embedding)).toEqual(['one', 'and two'].map(embeddingOf));
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/embeddings' });
}

/** An answer of some hundred kilobytes states its usage at its very end. */
async function embedsMany(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const input = Array.from({ length: 2000 }, (_, number) => `text number ${number}`);
  const model = 'text-embedding-stand-in';
  const answer = await client.embeddings.create({ model, input, encoding_format: 'float' });
  expect(answer.data).toHaveLength(2000);
  const seen = await route.standIn.nextRequest();
  expect(seen.answered.bytes).toBeGreaterThan(200_000);
  expect(seen.answered.usage.tokens_in).toBe(6000);
  await expectProof(route, seen, sent[0], { endpoint: '/v1/embeddings' });
}

/** More than is buffered for every request, less than a channel's `max_body`. */
async function asksAtLength(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const content = 'word '.repeat(700_000);
  const completion = await client.chat.completions.create({
    model: 'gpt-stand-in',
    messages: [{ role: 'user', content }],
  });
  expect(completion.usage?.prompt_tokens).toBe(700_008);
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: CHAT, model: 'gpt-stand-in' });
}

async function listsModels(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const ids: string[] = [];
  for await (const model of client.models.list()) ids.push(model.id);
  expect(ids).toEqual(OPENAI_MODELS);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/models' });
}

async function uploads(route: OpenAiRoute, big: BigFile): Promise<void> {
  const { client, sent } = connect(route);
  const file = await client.files.create({ file: createReadStream(big.path), purpose: 'user_data' });
  expect(file).toMatchObject({ bytes: big.sizeBytes, filename: big.name });
  const { sizeBytes, sha256, name } = big;
  expect(route.standIn.files.at(-1)).toEqual({ name, sizeBytes, sha256 });
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1/files' });
}

async function transcribes(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const audio = new File([new Uint8Array(200_000)], 'speech.wav');
  const { text } = await client.audio.transcriptions.create({ model: 'whisper-stand-in', file: audio });
  expect(text).toBe('200000 bytes of audio');
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: '/v1/audio/transcriptions' });
}

type Failure = readonly [status: number, kind: new (...args: never[]) => APIError, outcome: Outcome];

const FAILURES: readonly Failure[] = [
  [400, BadRequestError, 'client_error'],
  [404, NotFoundError, 'client_error'],
  [429, RateLimitError, 'platform_error'],
  [500, InternalServerError, 'platform_error'],
];

async function fails(route: OpenAiRoute, [status, kind, outcome]: Failure): Promise<void> {
  const { client, sent } = connect(route);
  const failure: unknown = await client.chat.completions
    .create({ model: `error-${status}`, messages: MESSAGES })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(kind);
  if (!(failure instanceof APIError)) throw failure;
  expect(failure.message).toContain(`The model error-${status} fails.`);
  if (status === 429) expect(failure.headers?.get('retry-after')).toBe('7');
  if (route.hops.length > 0) expect(failure.headers?.get('x-aiproxy-error-source')).toBe('platform');
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: CHAT, status, outcome });
}

async function aborts(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const opening = client.chat.completions.create({
    model: 'slow-stand-in',
    messages: MESSAGES,
    stream: true,
  });
  const seen = await route.standIn.nextRequest();
  seen.pace.release(2);
  let text = '';
  for await (const chunk of await opening) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (text === replyTo(PROMPT).pieces.slice(0, 2).join('')) break;
  }
  expect(await seen.closed).toBe('client-left');
  await expectProof(route, seen, sent[0], { endpoint: CHAT, outcome: 'partial', usageAskedFor: true });
}

async function diesMidstream(route: OpenAiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.chat.completions.create({
    model: 'die-midstream',
    messages: MESSAGES,
    stream: true,
  });
  const readAll = async (): Promise<void> => {
    for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
  };
  await expect(readAll()).rejects.toThrow();
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: CHAT, outcome: 'platform_error', usageAskedFor: true });
}

describe.each(ROUTES)('the OpenAI SDK %s', (kind) => {
  const route = useRoute(kind, 'openai', startOpenAi);
  const bigFile = useBigFile(50);
  it('chats', () => chats(route()));
  it('streams, and sees no usage that it did not ask for', () => streams(route(), false));
  it('streams, and sees the usage that it asked for', () => streams(route(), true));
  it('uses the Responses API', () => responds(route()));
  it('embeds as base64', () => embeds(route()));
  it('embeds as numbers', () => embeds(route(), 'float'));
  it('embeds two thousand texts at once', () => embedsMany(route()));
  it('asks a question of 3.5 MB', () => asksAtLength(route()));
  it('lists models', () => listsModels(route()));
  it('uploads a file of 50 MiB as it reads it', () => uploads(route(), bigFile()));
  it('uploads audio as a form of known length', () => transcribes(route()));
  it.each(FAILURES)('raises its own exception for a platform answer of %i', (...failure) =>
    fails(route(), failure),
  );
  it('stops the platform when it leaves in the middle of a stream', () => aborts(route()));
  it('learns that the platform died in the middle of a stream', () => diesMidstream(route()));
});

import { ApiError, GoogleGenAI } from '@google/genai';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-main/contract/request-record.ts';
import { recordingFetch } from '../support/sent-requests.ts';
import { type GeminiStandIn, startGemini } from '../support/stand-ins/gemini.ts';
import { embeddingOf, replyTo } from '../support/stand-ins/reply.ts';
import { type BigFile, useBigFile } from './big-file.ts';
import { expectProof } from './proof.ts';
import { ROUTES, type Route, useRoute } from './route.ts';

const PROMPT = 'Tell me three things about tunnels, please: 你好 😀';
const MODEL = 'gemini-stand-in';
const at = (method: string): string => `/v1beta/models/{model}:${method}`;

/** The SDK's own default is v1; many programs set v1beta. */
const WAYS = [
  ...ROUTES.map((kind) => ({ kind, apiVersion: 'v1' })),
  { kind: ROUTES[1], apiVersion: 'v1beta' },
];

interface GeminiRoute extends Route<GeminiStandIn> {
  readonly apiVersion: string;
}

function connect(route: GeminiRoute) {
  const { fetch, sent } = recordingFetch();
  const { key: apiKey, baseUrl, apiVersion } = route;
  const client = new GoogleGenAI({ apiKey, apiVersion, httpOptions: { baseUrl, fetch } });
  return { client, sent };
}

async function generates(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const answer = await client.models.generateContent({ model: MODEL, contents: PROMPT });
  const { text, usage } = replyTo(PROMPT);
  expect(answer.text).toBe(text);
  expect(answer.usageMetadata?.promptTokenCount).toBe(usage.tokens_in);
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(`/${route.apiVersion}/models/${MODEL}:generateContent`);
  await expectProof(route, seen, sent[0], { endpoint: at('generateContent'), model: MODEL });
}

async function streams(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.models.generateContentStream({ model: MODEL, contents: PROMPT });
  let text = '';
  for await (const part of stream) text += part.text ?? '';
  expect(text).toBe(replyTo(PROMPT).text);
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(`/${route.apiVersion}/models/${MODEL}:streamGenerateContent?alt=sse`);
  await expectProof(route, seen, sent[0], { endpoint: at('streamGenerateContent'), model: MODEL });
}

async function embeds(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const contents = ['one', 'and two'];
  const answer = await client.models.embedContent({ model: MODEL, contents });
  expect(answer.embeddings?.map(({ values }) => values)).toEqual(contents.map(embeddingOf));
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: at('batchEmbedContents'), model: MODEL });
}

async function listsModels(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const names: string[] = [];
  for await (const model of await client.models.list()) names.push(model.name ?? '');
  expect(names).toEqual(['models/gemini-stand-in', 'models/gemini-embedding-stand-in']);
  await expectProof(route, await route.standIn.nextRequest(), sent[0], { endpoint: '/v1beta/models' });
}

/** One request opens the upload, then the file travels in pieces of 8 MiB. */
async function uploads(route: GeminiRoute, big: BigFile): Promise<void> {
  const { client, sent } = connect(route);
  const { path, name, sizeBytes, sha256 } = big;
  const config = { mimeType: 'application/octet-stream', displayName: name };
  const file = await client.files.upload({ file: path, config });
  expect(file).toMatchObject({ displayName: name, sizeBytes: String(sizeBytes), state: 'ACTIVE' });
  expect(route.standIn.files.at(-1)).toEqual({ name, sizeBytes, sha256 });
  expect(sent).toHaveLength(1 + Math.ceil(sizeBytes / (8 * 1024 * 1024)));
  for (const request of sent) {
    const seen = await route.standIn.nextRequest();
    expect(seen.path).toBe(`/upload/${route.apiVersion}/files`);
    await expectProof(route, seen, request, { endpoint: '/v1beta/files' });
  }
}

type Failure = readonly [status: number, outcome: Outcome];

const FAILURES: readonly Failure[] = [
  [400, 'client_error'],
  [404, 'client_error'],
  [429, 'platform_error'],
  [500, 'platform_error'],
];

async function fails(route: GeminiRoute, [status, outcome]: Failure): Promise<void> {
  const { client, sent } = connect(route);
  const failure: unknown = await client.models
    .generateContent({ model: `error-${status}`, contents: PROMPT })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({
    status,
    message: expect.stringContaining(`The model error-${status} fails.`),
  });
  const seen = await route.standIn.nextRequest();
  await expectProof(route, seen, sent[0], { endpoint: at('generateContent'), status, outcome });
}

async function aborts(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const leaving = new AbortController();
  const config = { abortSignal: leaving.signal };
  const opening = client.models.generateContentStream({ model: 'slow-stand-in', contents: PROMPT, config });
  const seen = await route.standIn.nextRequest();
  seen.pace.release(2);
  let parts = 0;
  const readUntilGone = async (): Promise<void> => {
    for await (const { text } of await opening) {
      if (text !== '') parts += 1;
      if (parts === 2) leaving.abort();
    }
  };
  await expect(readUntilGone()).rejects.toThrow();
  expect(await seen.closed).toBe('client-left');
  expect(seen.answered.usage.tokens_out).toBeGreaterThanOrEqual(2);
  await expectProof(route, seen, sent[0], { endpoint: at('streamGenerateContent'), outcome: 'partial' });
}

async function diesMidstream(route: GeminiRoute): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.models.generateContentStream({ model: 'die-midstream', contents: PROMPT });
  const readAll = async (): Promise<void> => {
    for await (const part of stream) expect(part.candidates).toHaveLength(1);
  };
  await expect(readAll()).rejects.toThrow();
  const seen = await route.standIn.nextRequest();
  const outcome = 'platform_error';
  await expectProof(route, seen, sent[0], { endpoint: at('streamGenerateContent'), outcome });
}

describe.each(WAYS)('the Gemini SDK with $apiVersion $kind', ({ kind, apiVersion }) => {
  const opened = useRoute(kind, 'gemini', startGemini);
  const route = (): GeminiRoute => ({ ...opened(), apiVersion });
  const bigFile = useBigFile(50);
  it('generates content', () => generates(route()));
  it('streams content', () => streams(route()));
  it('embeds', () => embeds(route()));
  it('lists models', () => listsModels(route()));
  it('uploads a file of 50 MiB in pieces', () => uploads(route(), bigFile()));
  it.each(FAILURES)('raises ApiError for a platform answer of %i', (...failure) => fails(route(), failure));
  it('stops the platform when it leaves in the middle of a stream', () => aborts(route()));
  it('learns that the platform died in the middle of a stream', () => diesMidstream(route()));
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src-main/contract/document.ts';
import { digestOf } from '../../support/body-digest.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel } from '../../support/document-fixtures.ts';
import type { StandIn } from '../../support/stand-in.ts';
import { startAnthropic } from '../../support/stand-ins/anthropic.ts';
import { startAzure } from '../../support/stand-ins/azure.ts';
import { startDashScope } from '../../support/stand-ins/dashscope.ts';
import { startGemini } from '../../support/stand-ins/gemini.ts';
import { startOllama } from '../../support/stand-ins/ollama.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { probing } from './probing.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

interface Case {
  readonly platform: string;
  readonly start: () => Promise<StandIn>;
  /** What is written behind the stand-in's address. */
  readonly base?: string;
  readonly lists: string;
  readonly models: readonly string[];
  readonly chats: string;
  /** The body of a chat. */
  readonly asks: object;
  readonly wrongKey: RegExp;
}

const messages = [{ role: 'user', content: 'ping' }];

/** A stand-in for OpenAI under the name of a platform that speaks its language. */
const OPENAI = {
  start: startOpenAi,
  lists: 'GET /v1/models',
  models: ['gpt-stand-in', 'text-embedding-stand-in'],
  chats: 'POST /v1/chat/completions',
  asks: { model: 'any', messages, max_tokens: 1 },
  wrongKey: /^Incorrect API key provided\.$/,
} as const;

const CASES: readonly Case[] = [
  { ...OPENAI, platform: 'openai', asks: { model: 'any', messages, max_completion_tokens: 1 } },
  { ...OPENAI, platform: 'openai_compatible', base: '/v1' },
  { ...OPENAI, platform: 'custom' },
  {
    platform: 'anthropic',
    start: startAnthropic,
    lists: 'GET /v1/models',
    models: ['claude-stand-in', 'claude-stand-in-small'],
    chats: 'POST /v1/messages',
    asks: { model: 'any', max_tokens: 1, messages },
    wrongKey: /^invalid x-api-key$/,
  },
  {
    platform: 'gemini',
    start: startGemini,
    lists: 'GET /v1beta/models',
    models: ['gemini-embedding-stand-in', 'gemini-stand-in'],
    chats: 'POST /v1beta/models/any:generateContent',
    asks: {
      contents: [{ role: 'user', parts: [{ text: 'ping' }] }],
      generationConfig: { maxOutputTokens: 1 },
    },
    wrongKey: /API key not valid/,
  },
  {
    platform: 'azure',
    start: startAzure,
    base: '/openai',
    lists: 'GET /openai/models',
    models: ['stand-in'],
    chats: 'POST /openai/deployments/any/chat/completions',
    asks: { model: 'any', messages, max_completion_tokens: 1 },
    wrongKey: /^Access denied due to invalid subscription key/,
  },
  {
    ...OPENAI,
    platform: 'dashscope',
    start: startDashScope,
    base: '/compatible-mode/v1',
    lists: 'GET /compatible-mode/v1/models',
    models: ['qwen-stand-in'],
    chats: 'POST /compatible-mode/v1/chat/completions',
  },
  {
    ...OPENAI,
    platform: 'ollama',
    start: startOllama,
    base: '/v1',
    lists: 'GET /api/tags',
    models: ['stand-in:latest'],
    wrongKey: /^unauthorized$/,
  },
];

async function open({ platform, start, base = '' }: Case, members: Partial<Channel> = {}) {
  const standIn = cleanUp.closing(await start());
  return { standIn, channel: aChannel(platform, standIn.url + base, standIn.apiKey, members) };
}

describe.each(CASES)('a channel of $platform', (given) => {
  const { lists, models, chats, asks, wrongKey } = given;
  it('is tested by the list of models, with its own key', async () => {
    const { standIn, channel } = await open(given);
    const result = await probing().test('c', channel, null);
    expect(result).toMatchObject({
      ok: true,
      request: lists,
      status: 200,
      message: `the platform lists ${models.length} models`,
    });
    expect(result.latency_ms).toBeGreaterThan(0);
    expect(standIn.requests).toHaveLength(1);
  });

  it('tells the models there are', async () => {
    const { channel } = await open(given);
    expect(await probing().models('c', channel)).toEqual(models);
  });

  it('asks a model for one token where one is named, under the name the platform knows', async () => {
    const { standIn, channel } = await open(given, { model_map: { mine: 'any' } });
    const result = await probing().test('c', channel, 'mine');
    expect(result).toMatchObject({
      ok: true,
      request: chats,
      status: 200,
      message: 'the model any answered',
    });
    expect(await standIn.requests[0]?.body).toEqual(digestOf(Buffer.from(JSON.stringify(asks))));
  });

  it('that has a wrong key is refused in the platform’s own words', async () => {
    const { channel } = await open(given, { api_key: 'wrong-key-of-test' });
    const result = await probing().test('c', channel, null);
    expect(result).toMatchObject({ ok: false, request: lists, message: expect.stringMatching(wrongKey) });
    expect(result.status).toBeGreaterThanOrEqual(400);
    await expect(probing().models('c', channel)).rejects.toMatchObject({
      code: 'channel_unavailable',
      message: expect.stringMatching(new RegExp(`^the platform answered ${result.status}: `)),
    });
  });
});

describe('a list in pages', () => {
  it('of Anthropic is read to its end, each page asked for by the last id', async () => {
    const page = (ids: readonly string[], has_more: boolean) => ({
      data: ids.map((id) => ({ id, type: 'model' })),
      has_more,
      last_id: ids.at(-1),
    });
    const pages = [page(['c', 'a'], true), page(['b&b'], true), page(['d'], false)];
    const paged = cleanUp.closing(await startPages(pages));
    expect(await probing().models('c', aChannel('anthropic', paged.url, 'k'))).toEqual([
      'a',
      'b&b',
      'c',
      'd',
    ]);
    expect(paged.asked).toEqual([
      '/v1/models?limit=1000',
      '/v1/models?limit=1000&after_id=a',
      '/v1/models?limit=1000&after_id=b%26b',
    ]);
  });

  it('of Gemini is read to its end, each page asked for by its token', async () => {
    const model = { name: 'models/m' };
    const pages = [{ models: [model], nextPageToken: 'next=1' }, { models: [{ name: 'models/n' }] }];
    const paged = cleanUp.closing(await startPages(pages));
    expect(await probing().models('c', aChannel('gemini', paged.url, 'k'))).toEqual(['m', 'n']);
    expect(paged.asked).toEqual([
      '/v1beta/models?pageSize=1000',
      '/v1beta/models?pageSize=1000&pageToken=next%3D1',
    ]);
  });

  it('that never ends is left after some pages', async () => {
    const paged = cleanUp.closing(
      await startPages((asked) => ({ models: [{ name: `models/${asked}` }], nextPageToken: `${asked}` })),
    );
    expect(await probing().models('c', aChannel('gemini', paged.url, 'k'))).toHaveLength(50);
    expect(paged.asked).toHaveLength(50);
  });
});

/** A platform that answers one page after the other, whatever it is asked. */
async function startPages(pages: readonly object[] | ((asked: number) => object)) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const page = typeof pages === 'function' ? pages(asked.length) : pages[asked.length];
    asked.push(request.url ?? '');
    response.end(JSON.stringify(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

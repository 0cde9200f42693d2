import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { recordingFetch } from '../support/sent-requests.ts';
import type { StandIn } from '../support/stand-in.ts';
import { startAzure } from '../support/stand-ins/azure.ts';
import { startDashScope } from '../support/stand-ins/dashscope.ts';
import { startGemini } from '../support/stand-ins/gemini.ts';
import { startOllama } from '../support/stand-ins/ollama.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { embeddingOf, replyTo } from '../support/stand-ins/reply.ts';
import { expectProof } from './proof.ts';
import { ROUTES, type Route, useRoute } from './route.ts';

const PROMPT = 'Who are you, on this platform?';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];

interface Place {
  readonly platform: string;
  readonly start: () => Promise<StandIn>;
  /** What stands before `chat/completions` there, and behind it. */
  readonly before: string;
  readonly after: string;
  readonly keyHeader: string;
  readonly embeds: boolean;
}

const PLACES: readonly Place[] = [
  { platform: 'dashscope', start: startDashScope, before: '/compatible-mode/v1/' },
  { platform: 'gemini', start: startGemini, before: '/v1beta/openai/' },
  { platform: 'ollama', start: startOllama, before: '/v1/', embeds: false },
  { platform: 'openai_compatible', start: startOpenAi, before: '/v1/' },
  { platform: 'custom', start: startOpenAi, before: '/v1/' },
  {
    platform: 'azure',
    start: startAzure,
    before: '/openai/deployments/stand-in/',
    after: '?api-version=2024-10-21',
    keyHeader: 'header api-key',
  },
].map((place) => ({ after: '', keyHeader: 'header authorization', embeds: true, ...place }));

function connect(route: Route<StandIn>) {
  const { fetch, sent } = recordingFetch();
  const client = new OpenAI({ baseURL: `${route.baseUrl}/v1`, apiKey: route.key, maxRetries: 0, fetch });
  return { client, sent };
}

async function chats(route: Route<StandIn>, { before, after, keyHeader }: Place): Promise<void> {
  const { client, sent } = connect(route);
  const completion = await client.chat.completions.create({ model: 'stand-in', messages: MESSAGES });
  expect(completion.choices[0]?.message.content).toBe(replyTo(PROMPT).text);
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(`${before}chat/completions${after}`);
  expect(await seen.placesOf(route.standIn.apiKey)).toEqual([keyHeader]);
  await expectProof(route, seen, sent[0], { endpoint: '/v1/chat/completions', model: 'stand-in' });
}

async function streams(route: Route<StandIn>): Promise<void> {
  const { client, sent } = connect(route);
  const stream = await client.chat.completions.create({
    model: 'stand-in',
    messages: MESSAGES,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe(replyTo(PROMPT).text);
  const seen = await route.standIn.nextRequest();
  expect(seen.answered.usage.tokens_in).toBe(replyTo(PROMPT).usage.tokens_in);
  await expectProof(route, seen, sent[0], { endpoint: '/v1/chat/completions' });
}

async function embeds(route: Route<StandIn>, { before, after }: Place): Promise<void> {
  const { client, sent } = connect(route);
  const { data } = await client.embeddings.create({ model: 'stand-in', input: PROMPT });
  expect(data[0]?.embedding).toEqual(embeddingOf(PROMPT));
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(`${before}embeddings${after}`);
  await expectProof(route, seen, sent[0], { endpoint: '/v1/embeddings' });
}

const WAYS = PLACES.flatMap((place) => ROUTES.slice(1).map((kind) => ({ place, kind, ...place })));

describe.each(WAYS)('the OpenAI SDK $kind on $platform', ({ place, kind }) => {
  const route = useRoute(kind, place.platform, place.start);
  it('chats where the platform has its chat', () => chats(route(), place));
  it('streams', () => streams(route()));
  if (place.embeds) it('embeds where the platform has its embeddings', () => embeds(route(), place));
});

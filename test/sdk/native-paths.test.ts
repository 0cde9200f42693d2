import { AzureOpenAI } from 'openai';
import { describe, expect, it } from 'vitest';
import { type RecordingFetch, recordingFetch } from '../support/sent-requests.ts';
import type { StandIn } from '../support/stand-in.ts';
import { startAzure } from '../support/stand-ins/azure.ts';
import { startDashScope } from '../support/stand-ins/dashscope.ts';
import { startOllama } from '../support/stand-ins/ollama.ts';
import { replyTo } from '../support/stand-ins/reply.ts';
import { expectProof } from './proof.ts';
import { ROUTES, type Route, useRoute } from './route.ts';

const PROMPT = 'Who are you, natively?';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];
const GENERATION = '/api/v1/services/aigc/text-generation/generation';

function post(
  route: Route<StandIn>,
  { fetch }: RecordingFetch,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${route.baseUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `bearer ${route.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const ask = (model: string): object => ({
  model,
  input: { messages: MESSAGES },
  parameters: { result_format: 'message', incremental_output: true },
});

async function generates(route: Route<StandIn>): Promise<void> {
  const recording = recordingFetch();
  const response = await post(route, recording, GENERATION, ask('qwen-stand-in'));
  expect(await response.json()).toMatchObject({
    output: { choices: [{ finish_reason: 'stop', message: { content: replyTo(PROMPT).text } }] },
  });
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe(GENERATION);
  await expectProof(route, seen, recording.sent[0], {
    endpoint: '/api/v1/services/aigc',
    model: 'qwen-stand-in',
  });
}

async function streamsNatively(route: Route<StandIn>): Promise<void> {
  const recording = recordingFetch();
  const headers = { 'x-dashscope-sse': 'enable' };
  const text = await (await post(route, recording, GENERATION, ask('qwen-stand-in'), headers)).text();
  expect(text.match(/^id:\d+\nevent:result\n:HTTP_STATUS\/200\ndata:\{.*\}$/gm)).toHaveLength(
    replyTo(PROMPT).pieces.length + 1,
  );
  await expectProof(route, await route.standIn.nextRequest(), recording.sent[0], {
    endpoint: '/api/v1/services/aigc',
  });
}

async function failsNatively(route: Route<StandIn>): Promise<void> {
  const recording = recordingFetch();
  const response = await post(route, recording, GENERATION, ask('error-429'));
  expect(response.status).toBe(429);
  expect(await response.json()).toMatchObject({ code: 'Throttling.RateQuota' });
  await expectProof(route, await route.standIn.nextRequest(), recording.sent[0], {
    endpoint: '/api/v1/services/aigc',
    status: 429,
    outcome: 'platform_error',
  });
}

async function chatsWithOllama(route: Route<StandIn>): Promise<void> {
  const recording = recordingFetch();
  const response = await post(route, recording, '/api/chat', { model: 'stand-in', messages: MESSAGES });
  const lines = (await response.text()).trimEnd().split('\n');
  expect(lines).toHaveLength(replyTo(PROMPT).pieces.length + 1);
  await expectProof(route, await route.standIn.nextRequest(), recording.sent[0], { endpoint: '/api/chat' });
}

async function chatsWithAzure(route: Route<StandIn>): Promise<void> {
  const { fetch, sent } = recordingFetch();
  const client = new AzureOpenAI({
    endpoint: route.baseUrl,
    apiKey: route.key,
    apiVersion: '2025-04-01-preview',
    maxRetries: 0,
    fetch,
  });
  const completion = await client.chat.completions.create({ model: 'my-deployment', messages: MESSAGES });
  expect(completion.choices[0]?.message.content).toBe(replyTo(PROMPT).text);
  const seen = await route.standIn.nextRequest();
  expect(seen.url).toBe('/openai/deployments/my-deployment/chat/completions?api-version=2025-04-01-preview');
  const endpoint = '/openai/deployments/{deployment}/chat/completions';
  await expectProof(route, seen, sent[0], { endpoint, model: 'my-deployment' });
}

describe.each(ROUTES)('the native API of DashScope %s', (kind) => {
  const route = useRoute(kind, 'dashscope', startDashScope);
  it('generates', () => generates(route()));
  it('streams with X-DashScope-SSE', () => streamsNatively(route()));
  it('passes its own errors through', () => failsNatively(route()));
});

describe.each(ROUTES)('the native API of Ollama %s', (kind) => {
  const route = useRoute(kind, 'ollama', startOllama);
  it('chats in lines of JSON', () => chatsWithOllama(route()));
});

describe.each(ROUTES)('the Azure client of the OpenAI SDK %s', (kind) => {
  const route = useRoute(kind, 'azure', startAzure);
  it('chats with a deployment', () => chatsWithAzure(route()));
});

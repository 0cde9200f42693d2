import * as anthropic from '@anthropic-ai/sdk';
import { ApiError, GoogleGenAI } from '@google/genai';
import * as openai from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { REFUSALS, type Refusal, type Refusing, startRefusing } from './refusals.ts';

const cleanUp = createCleanUp();
let refusing: Refusing;
let logged = 0;
beforeAll(async () => {
  refusing = await startRefusing(cleanUp);
});
afterAll(cleanUp.run);

const MESSAGES = [{ role: 'user' as const, content: 'Anyone there?' }];

const failureOf = (answer: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(answer).then(
    () => new Error('this should have been refused'),
    (error: unknown) => error,
  );

function askOpenAi(key: string): Promise<unknown> {
  const baseURL = `${refusing.gateway.proxyUrl}/v1`;
  const client = new openai.OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
  return failureOf(client.chat.completions.create({ model: 'stand-in', messages: MESSAGES }));
}

function askAnthropic(key: string): Promise<unknown> {
  const baseURL = refusing.gateway.proxyUrl;
  const client = new anthropic.Anthropic({ baseURL, apiKey: key, maxRetries: 0 });
  return failureOf(client.messages.create({ model: 'stand-in', max_tokens: 8, messages: MESSAGES }));
}

function askGemini(key: string): Promise<unknown> {
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: refusing.gateway.proxyUrl } });
  return failureOf(client.models.generateContent({ model: 'stand-in', contents: 'Anyone there?' }));
}

/** DashScope's own SDK is Python's; what it gets is looked at here as it comes. */
function askDashScope(key: string): Promise<Response> {
  const path = '/api/v1/services/aigc/text-generation/generation';
  return fetch(`${refusing.gateway.proxyUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'stand-in', input: { messages: MESSAGES } }),
  });
}

const OPENAI_CLASSES: Readonly<Record<number, new (...args: never[]) => Error>> = {
  401: openai.AuthenticationError,
  403: openai.PermissionDeniedError,
  404: openai.NotFoundError,
  502: openai.InternalServerError,
};

const ANTHROPIC_CLASSES: typeof OPENAI_CLASSES = {
  401: anthropic.AuthenticationError,
  403: anthropic.PermissionDeniedError,
  404: anthropic.NotFoundError,
  502: anthropic.InternalServerError,
};

/** The refusal was logged, under its user, and no platform was asked anything; no key is told to anyone. */
async function expectRefused({ code, status, user, key }: Refusal, failure: unknown): Promise<void> {
  const lines = await refusing.gateway.lines(++logged);
  const outcome = status < 500 ? 'client_error' : 'platform_error';
  expect(lines[logged - 1]).toMatchObject({ status, error_code: code, user, outcome });
  expect(JSON.stringify(lines[logged - 1])).not.toContain(key);
  expect(String(failure)).not.toContain(key);
  expect(refusing.standIns.map(({ requests }) => requests.length)).toEqual([0, 0, 0]);
}

function expectHeaders(headers: Headers | undefined): void {
  expect(headers?.get('x-aiproxy-error-source')).toBe('gateway');
  expect(headers?.get('x-aiproxy-request-id')).toMatch(/^\S{8,}$/);
}

describe('a gateway that answers by itself makes the OpenAI SDK', () => {
  it.each(REFUSALS)('raise its exception of $status for $why', async (refusal) => {
    const failure = await askOpenAi(refusal.key);
    expect(failure).toBeInstanceOf(OPENAI_CLASSES[refusal.status]);
    if (!(failure instanceof openai.APIError)) throw failure;
    expect(failure.code).toBe(refusal.code);
    expectHeaders(failure.headers);
    expect(failure.requestID).toBe(failure.headers?.get('x-aiproxy-request-id'));
    await expectRefused(refusal, failure);
  });
});

describe('a gateway that answers by itself makes the Anthropic SDK', () => {
  it.each(REFUSALS)('raise its exception of $status for $why', async (refusal) => {
    const failure = await askAnthropic(refusal.key);
    expect(failure).toBeInstanceOf(ANTHROPIC_CLASSES[refusal.status]);
    if (!(failure instanceof anthropic.APIError)) throw failure;
    expect(failure.error).toMatchObject({ type: 'error', error: { message: expect.any(String) } });
    expectHeaders(failure.headers);
    expect(failure.requestID).toBe(failure.headers?.get('x-aiproxy-request-id'));
    await expectRefused(refusal, failure);
  });
});

describe('a gateway that answers by itself makes the Gemini SDK', () => {
  it.each(REFUSALS)('raise ApiError of $status for $why', async (refusal) => {
    const failure = await askGemini(refusal.key);
    expect(failure).toBeInstanceOf(ApiError);
    if (!(failure instanceof ApiError)) throw failure;
    expect(failure.status).toBe(refusal.status);
    expect(JSON.parse(failure.message)).toMatchObject({ error: { code: refusal.status } });
    await expectRefused(refusal, failure);
  });
});

describe('a gateway that answers by itself tells a DashScope client', () => {
  it.each(REFUSALS)('$code for $why', async (refusal) => {
    const answer = await askDashScope(refusal.key);
    expect(answer.status).toBe(refusal.status);
    expectHeaders(answer.headers);
    const body: unknown = await answer.json();
    expect(body).toEqual({
      code: expect.any(String),
      message: expect.any(String),
      request_id: answer.headers.get('x-aiproxy-request-id'),
    });
    await expectRefused(refusal, JSON.stringify(body));
  });
});

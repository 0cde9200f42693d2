import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw } from '../support/raw-client.ts';
import {
  answerTo,
  type Front,
  GOOD_HEADERS,
  lineAt,
  rawRequest,
  refusedAndClosed,
  servesAnn,
  startFront,
} from './front.ts';

const cleanUp = createCleanUp();
const MAX_BODY = 64 * 1024;
let front: Front;
let logged = 0;
beforeAll(async () => {
  front = await startFront(cleanUp, { max_body: MAX_BODY });
});
afterAll(cleanUp.run);

const UPLOAD = 'POST /v1/files HTTP/1.1';
const CHAT = 'POST /v1/chat/completions HTTP/1.1';

describe('headers that are too large', () => {
  it.each([
    ['many', Array.from({ length: 190 }, (_, at) => `x-${at}: ${'v'.repeat(90)}`)],
    ['one', [`x-large: ${'v'.repeat(17 * 1024)}`]],
    ['a key of 1 MiB', [`x-api-key: ${'k'.repeat(1024 * 1024)}`]],
  ])('are answered 431: %s', async (_, headers) => {
    const answer = await refusedAndClosed(
      front.gateway.port,
      rawRequest([UPLOAD, ...GOOD_HEADERS, ...headers]),
    );
    expect(answer.status).toBe(431);
    expect(front.standIn.requests).toHaveLength(0);
  });

  it('are answered 431 also where the target is what is too large', async () => {
    const answer = await refusedAndClosed(
      front.gateway.port,
      `GET /v1/models?key=${'k'.repeat(1024 * 1024)} HTTP/1.1\r\n\r\n`,
    );
    expect(answer.status).toBe(431);
  });
});

describe('a body above its limit', () => {
  it.each([
    ['to be inspected', CHAT],
    ['to be streamed', UPLOAD],
  ])('is refused by its declared length before it is sent: a body %s', async (_, line) => {
    const client = await connectRaw(front.gateway.port);
    client.send(rawRequest([line, ...GOOD_HEADERS, `Content-Length: ${40 * 1024 * 1024}`]));
    const answer = await client.answer();
    client.reset();
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'request_too_large' } });
    expect(await lineAt(front.gateway, logged++)).toMatchObject({
      user: 'ann',
      error_code: 'request_too_large',
      attempts: 0,
    });
    expect(front.standIn.requests).toHaveLength(0);
  });

  it.each([
    ['to be inspected', CHAT],
    ['to be streamed', UPLOAD],
  ])('is refused as soon as its chunks exceed it: a body %s', async (_, line) => {
    const client = await connectRaw(front.gateway.port);
    client.send(rawRequest([line, ...GOOD_HEADERS, 'Transfer-Encoding: chunked']));
    const chunk = `${(16 * 1024).toString(16)}\r\n${'x'.repeat(16 * 1024)}\r\n`;
    for (let sent = 0; sent < 5; sent += 1) client.send(chunk);
    const answer = await client.answer();
    client.reset();
    expect(answer.status).toBe(413);
    const line2 = await lineAt(front.gateway, logged++);
    expect(line2).toMatchObject({ status: 413, error_code: 'request_too_large', outcome: 'client_error' });
    expect(line2.bytes_in).toBeLessThanOrEqual(5 * 16 * 1024);
  });

  it('is let through at exactly its limit', async () => {
    await front.standIn.close();
    const exact = answerTo(
      front.gateway.port,
      rawRequest([UPLOAD, ...GOOD_HEADERS, `Content-Length: ${MAX_BODY}`], 'x'.repeat(MAX_BODY)),
    );
    expect((await exact).status).toBe(502);
  });
});

it('a gateway that refused all these goes on', async () => {
  expect(await servesAnn(await startFront(cleanUp))).toBe(true);
  expect((await fetch(`${front.gateway.proxyUrl}/health`)).status).toBe(200);
});

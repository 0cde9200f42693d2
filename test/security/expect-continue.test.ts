import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw } from '../support/raw-client.ts';
import { type Front, GOOD_HEADERS, lineAt, rawRequest, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

const BODY = JSON.stringify({ model: 'gpt-stand-in', messages: [{ role: 'user', content: 'hi' }] });
const EXPECT = ['Expect: 100-continue', `Content-Length: ${BODY.length}`];

it('Expect: 100-continue is answered here and not forwarded', async () => {
  const client = await connectRaw(front.gateway.port);
  client.send(rawRequest(['POST /v1/chat/completions HTTP/1.1', ...GOOD_HEADERS, ...EXPECT]));
  expect((await client.answer()).status).toBe(100);
  expect(front.standIn.requests).toHaveLength(0);
  client.send(BODY);
  expect((await client.answer()).status).toBe(200);
  const seen = await front.standIn.nextRequest();
  expect(seen.header('expect')).toEqual([]);
  expect((await seen.body).bytes?.toString()).toBe(BODY);
  expect(await lineAt(front.gateway, 0)).toMatchObject({ outcome: 'success', bytes_in: BODY.length });
});

it('Expect: 100-continue with a wrong key is refused before any body is sent', async () => {
  const client = await connectRaw(front.gateway.port);
  client.send(
    rawRequest(['POST /v1/chat/completions HTTP/1.1', 'Host: a', 'X-Api-Key: pk-wrong', ...EXPECT]),
  );
  expect((await client.answer()).status).toBe(401);
  expect(await lineAt(front.gateway, 1)).toMatchObject({ error_code: 'invalid_proxy_key', bytes_in: 0 });
  expect(front.standIn.requests).toHaveLength(1);
});

it('another expectation is refused, in JSON and with a line in the log', async () => {
  const client = await connectRaw(front.gateway.port);
  client.send(rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS, 'Expect: a-miracle']));
  const answer = await client.answer();
  expect(answer.status).toBe(417);
  expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'expectation_failed' } });
  expect(front.standIn.requests).toHaveLength(1);
  expect(await lineAt(front.gateway, 2)).toMatchObject({ status: 417, error_code: 'expectation_failed' });
});

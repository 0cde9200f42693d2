import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { answerTo, type Front, GOOD_HEADERS, lineAt, rawRequest, servesAnn, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
let logged = 0;
beforeAll(async () => {
  front = await startFront(cleanUp, { supports_websocket: false });
});
afterAll(cleanUp.run);

const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
const VERSION = 'Sec-WebSocket-Version: 13';
const NO_KEY = ['Host: localhost'];

describe('a WebSocket upgrade that cannot be', () => {
  it.each([
    ['without key', [...NO_KEY, ...UPGRADE, VERSION], 401, 'missing_proxy_key', null],
    [
      'with a wrong key',
      [...NO_KEY, 'x-api-key: pk-wrong', ...UPGRADE, VERSION],
      401,
      'invalid_proxy_key',
      null,
    ],
    [
      'with a wrong key as subprotocol',
      [...NO_KEY, 'Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.pk-wrong', ...UPGRADE, VERSION],
      401,
      'invalid_proxy_key',
      null,
    ],
    [
      'with a bad version',
      [...GOOD_HEADERS, ...UPGRADE, 'Sec-WebSocket-Version: 7'],
      400,
      'websocket_not_supported',
      'ann',
    ],
    [
      'to a channel without WebSocket',
      [...GOOD_HEADERS, ...UPGRADE, VERSION],
      400,
      'websocket_not_supported',
      'ann',
    ],
    [
      'with Upgrade: WebSocket',
      [...GOOD_HEADERS, 'Connection: upgrade', 'Upgrade: WebSocket', VERSION],
      400,
      'websocket_not_supported',
      'ann',
    ],
  ])('is refused as HTTP, before the upgrade: %s', async (_, headers, status, code, user) => {
    const answer = await answerTo(
      front.gateway.port,
      rawRequest(['GET /v1/realtime?model=m HTTP/1.1', ...headers]),
    );
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code } });
    expect(await lineAt(front.gateway, logged++)).toMatchObject({
      protocol: 'websocket',
      status,
      error_code: code,
      user,
    });
    expect(front.standIn.requests).toHaveLength(0);
  });

  it('is refused in the words of its dialect', async () => {
    const ask = (path: string) =>
      answerTo(front.gateway.port, rawRequest([`GET ${path} HTTP/1.1`, ...NO_KEY, ...UPGRADE, VERSION]));
    expect(JSON.parse((await ask('/api-ws/v1/inference')).body)).toMatchObject({
      code: 'InvalidApiKey',
      request_id: expect.stringMatching(/^req_/),
    });
    const gemini = await ask('/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent');
    expect(JSON.parse(gemini.body)).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
  });

  it('leaves the gateway as it was', async () => {
    expect(await servesAnn(front)).toBe(true);
  });
});

it('a request without a key for a handshake, and no GET, is served as if it had not asked for WebSocket', async () => {
  const body = '{"model":"m"}';
  const asked = UPGRADE.filter((line) => !line.startsWith('Sec-WebSocket-Key'));
  const lines = ['POST /v1/chat/completions HTTP/1.1', ...GOOD_HEADERS, ...asked, VERSION];
  const before = front.standIn.requests.length;
  const answer = await answerTo(
    front.gateway.port,
    rawRequest([...lines, 'Content-Type: application/json', `Content-Length: ${body.length}`], body),
  );
  expect([answer.status, front.standIn.requests.length - before]).toEqual([200, 1]);
  expect(front.standIn.requests.at(-1)?.rawHeaders.map((part) => part.toLowerCase())).not.toContain(
    'upgrade',
  );
});

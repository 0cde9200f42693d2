import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw } from '../support/raw-client.ts';
import { type Front, GOOD_HEADERS, servesAnn, startFront } from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

const method = fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'PATCH', 'BREW', 'get', '');
const target = fc.constantFrom(
  '/v1/chat/completions',
  '/v1beta/models/%ff:generateContent',
  '/channels/%ff/v1/models',
  '/openai/deployments/%E4/x',
  '/v1/models?key=%ff&%',
  '/channels//x',
  '/?',
  '?',
  '#',
  '/v1/\u0080',
);
const header = fc.oneof(
  fc.constantFrom(
    'Content-Length: 3',
    'Transfer-Encoding: chunked',
    'Expect: 100-continue',
    'Upgrade: websocket',
    'Connection: upgrade, close',
  ),
  fc.constantFrom(
    'Content-Type: multipart/form-data; boundary=',
    'Content-Encoding: br',
    'x-aiproxy-channel: \u00ff',
    'Origin: null',
    'Sec-WebSocket-Protocol: ,,',
  ),
  fc.string({ maxLength: 30 }),
);
const body = fc.constantFrom(
  '',
  '{}',
  '{"model":',
  '3\r\nabc\r\n0\r\n\r\n',
  '\u0000\u0001\u0002',
  '--\r\n\r\n',
);

it('whatever bytes come, they are answered or refused: never 500, never a crash', async () => {
  const request = fc.tuple(method, target, fc.array(header, { maxLength: 4 }), fc.boolean(), body);
  const sent = fc.sample(request, 400);
  for (const [verb, path, headers, authorized, payload] of sent) {
    const client = await connectRaw(front.gateway.port);
    const lines = [`${verb} ${path} HTTP/1.1`, ...(authorized ? GOOD_HEADERS : ['Host: x']), ...headers];
    // What follows is no request, so that no body stays unfinished.
    client.send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${payload}no request\r\n\r\n`, 'latin1'));
    await Promise.race([client.answer().catch(() => null), client.closed]);
    client.reset();
    const text = client.received.toString('latin1');
    expect(text, JSON.stringify(lines)).toMatch(/^HTTP\/1\.1 (?!500)\d{3} /);
    expect(text).not.toMatch(/pk-of-ann|channel-key|node:|\.ts:/);
  }
  expect(await servesAnn(front)).toBe(true);
});

it('and what was logged of them holds no key and no failure of the gateway', async () => {
  const { total_requests } = await front.gateway.stats();
  const lines = await front.gateway.lines(total_requests);
  expect(lines).toHaveLength(total_requests);
  expect(lines.filter(({ error_code }) => error_code === 'internal_error')).toEqual([]);
  expect(JSON.stringify(lines)).not.toMatch(/pk-of-ann|channel-key/);
});

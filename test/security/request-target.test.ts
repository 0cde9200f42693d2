import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import {
  answerTo,
  type Front,
  GOOD_HEADERS,
  KEY,
  lineAt,
  rawRequest,
  refusedAndClosed,
  servesAnn,
  startFront,
} from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
let logged = 0;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

const BEARER = `Authorization: Bearer ${KEY}`;
const request = (line: string, ...headers: string[]): string =>
  rawRequest([line, ...GOOD_HEADERS, ...headers]);
const hosted = (...hosts: string[]): string => rawRequest(['GET /v1/models HTTP/1.1', ...hosts, BEARER]);

async function expectRefused(bytes: string, status: number, code: string): Promise<void> {
  const answer = await answerTo(front.gateway.port, bytes);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({ error: { code, message: expect.any(String) } });
  expect(answer.header('x-aiproxy-request-id')).toMatch(/^req_/);
  const line = await lineAt(front.gateway, logged++);
  expect(line).toMatchObject({ status, error_code: code, outcome: 'client_error', user: null, attempts: 0 });
  expect(JSON.stringify(line)).not.toContain(KEY);
  expect(front.standIn.requests).toHaveLength(0);
}

const HOSTS: readonly (readonly [string, string])[] = [
  ['two Host headers', hosted('Host: localhost', 'Host: evil.test')],
  ['the same Host twice', hosted('Host: localhost', 'Host: localhost')],
  ['an empty Host', hosted('Host:')],
  ['no Host', hosted()],
  ['a Host with userinfo and path', hosted('Host: a@b/c')],
  ['a Host with a space', hosted('Host: local host')],
  ['a Host with a comma', hosted('Host: localhost, evil.test')],
  ['a Host with a port that is none', hosted('Host: localhost:http')],
];

describe('a request whose host is in doubt', () => {
  it.each(HOSTS)('is refused: %s', (_, bytes) => expectRefused(bytes, 400, 'bad_request'));
});

const TARGETS: readonly (readonly [string, string, number, string])[] = [
  ['absolute form', request('GET http://evil.test/v1/models HTTP/1.1'), 400, 'bad_request'],
  ['absolute form with another port', request('GET http://localhost/v1/models HTTP/1.1'), 400, 'bad_request'],
  ['absolute form with userinfo', request('GET http://a@localhost/v1/models HTTP/1.1'), 400, 'bad_request'],
  [
    'absolute form with https',
    request('POST https://evil.test/ HTTP/1.1', 'Content-Length: 0'),
    400,
    'bad_request',
  ],
  ['HTTP/2.0 in the request line', request('GET /v1/models HTTP/2.0'), 400, 'bad_request'],
  [
    'gzip and chunked',
    `${request('POST /v1/x HTTP/1.1', 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n`,
    400,
    'bad_request',
  ],
  [
    'chunked on HTTP/1.0',
    `${request('POST /v1/x HTTP/1.0', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    400,
    'bad_request',
  ],
  ['OPTIONS *', request('OPTIONS * HTTP/1.1'), 405, 'method_not_allowed'],
  ['TRACE', request('TRACE /v1/models HTTP/1.1'), 405, 'method_not_allowed'],
];

describe('a request that is not for a gateway', () => {
  it.each(TARGETS)('is refused: %s', (_, bytes, status, code) => expectRefused(bytes, status, code));

  it.each([
    ['CONNECT', request('CONNECT evil.test:443 HTTP/1.1'), 405],
    ['HTTP/0.9', 'GET /v1/models\r\n\r\n', 400],
    ['HTTP/0.9 by number', request('GET /v1/models HTTP/0.9'), 400],
    ['HTTP/3.0', request('GET /v1/models HTTP/3.0'), 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['gzip alone as transfer encoding', request('POST /v1/x HTTP/1.1', 'Transfer-Encoding: gzip'), 400],
  ])('is refused without a body and its connection closed: %s', async (_, bytes, status) => {
    const answer = await refusedAndClosed(front.gateway.port, bytes);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['a WebSocket upgrade', ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']],
    ['Expect: 100-continue', ['Expect: 100-continue', 'Content-Length: 5']],
  ])('is checked also where it comes as %s', async (_, headers) => {
    await expectRefused(
      rawRequest(['POST http://evil.test/ HTTP/1.1', ...GOOD_HEADERS, ...headers]),
      400,
      'bad_request',
    );
    await expectRefused(
      rawRequest(['POST /v1/x HTTP/1.1', 'Host: a', 'Host: b', BEARER, ...headers]),
      400,
      'bad_request',
    );
  });
});

describe('a path that two servers could read differently', () => {
  it.each([
    '/v1/../admin',
    '/v1/./models',
    '/..',
    '/%2e%2e/admin',
    '/v1/%2E%2e/admin',
    '/v1/.%2e/admin',
    '/v1/x%2f..%2fadmin',
    '/v1%2f%2e%2e%2fadmin',
    '//evil.test/x',
    '/v1//models',
    '/v1/%00',
    '/v1/%5c..%5cadmin',
    '/v1/\\admin',
    '/v1/%zz',
    '/v1/%2',
    '/channels/openai/../admin',
  ])('is refused: %s', (path) => expectRefused(request(`GET ${path} HTTP/1.1`), 400, 'bad_request'));
});

describe('absolute form with our own authority', () => {
  beforeAll(async () => {
    logged = (await front.gateway.stats()).total_requests;
  });

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('is served: %s', async (host) => {
    const before = front.standIn.requests.length;
    const target = `http://${host}:${front.gateway.port}/v1/files/a%20b?x=1`;
    const answer = await answerTo(front.gateway.port, request(`GET ${target} HTTP/1.1`));
    expect(answer.status).not.toBe(400);
    expect(front.standIn.requests[before]?.url).toBe('/v1/files/a%20b?x=1');
    expect(await lineAt(front.gateway, logged++)).toMatchObject({ user: 'ann', path: '/v1/files/a%20b?x=1' });
  });

  it('is one of the own addresses without a path, and its path is checked like any other', async () => {
    const own = `http://localhost:${front.gateway.port}`;
    expect((await answerTo(front.gateway.port, request(`GET ${own} HTTP/1.1`))).status).toBe(200);
    expect((await answerTo(front.gateway.port, request(`GET ${own}/v1/../x HTTP/1.1`))).status).toBe(400);
  });
});

describe('every other path', () => {
  beforeAll(async () => {
    logged = (await front.gateway.stats()).total_requests;
  });

  it.each([
    '/v1/models/a%20b%2Fc',
    '/v1/x..y/...',
    '/v1/x?next=http://evil.test/../..//&%zz',
    "/v1/;a=b/!$&'()*+,=:@~",
    '/v1/%E6%96%87%25',
    '/v1/.well-known/x',
  ])('goes on byte for byte: %s', async (path) => {
    const before = front.standIn.requests.length;
    await answerTo(front.gateway.port, request(`GET ${path} HTTP/1.1`));
    expect(front.standIn.requests[before]?.url).toBe(path);
    expect((await lineAt(front.gateway, logged++)).user).toBe('ann');
  });

  it('is served by the same gateway as before', async () => {
    expect(await servesAnn(front)).toBe(true);
  });
});

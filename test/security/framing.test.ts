import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import {
  type Front,
  GOOD_HEADERS,
  KEY,
  rawRequest,
  refusedAndClosed,
  servesAnn,
  startFront,
} from './front.ts';

const cleanUp = createCleanUp();
let front: Front;
beforeAll(async () => {
  front = await startFront(cleanUp);
});
afterAll(cleanUp.run);

const POST = 'POST /v1/chat/completions HTTP/1.1';
const HEAD = [POST, ...GOOD_HEADERS];
/** What a smuggler hides in a body: it must never be taken for a request. */
const SMUGGLED = rawRequest(['GET /v1/models HTTP/1.1', ...GOOD_HEADERS]);
const CHUNKS = `4\r\nabcd\r\n0\r\n\r\n`;

const AMBIGUOUS: readonly (readonly [string, string])[] = [
  [
    'Content-Length with Transfer-Encoding',
    rawRequest([...HEAD, 'Content-Length: 4', 'Transfer-Encoding: chunked'], CHUNKS),
  ],
  [
    'Transfer-Encoding with Content-Length',
    rawRequest([...HEAD, 'Transfer-Encoding: chunked', 'Content-Length: 4'], CHUNKS),
  ],
  ['two differing lengths', rawRequest([...HEAD, 'Content-Length: 4', 'Content-Length: 5'], 'abcde')],
  ['two lengths in one header', rawRequest([...HEAD, 'Content-Length: 4, 4'], 'abcd')],
  ['a length of +4', rawRequest([...HEAD, 'Content-Length: +4'], 'abcd')],
  ['a length of 0x4', rawRequest([...HEAD, 'Content-Length: 0x4'], 'abcd')],
  ['a negative length', rawRequest([...HEAD, 'Content-Length: -4'], 'abcd')],
  ['an empty length', rawRequest([...HEAD, 'Content-Length:'], 'abcd')],
  ['a length beyond 64 bits', rawRequest([...HEAD, `Content-Length: ${'9'.repeat(30)}`], 'abcd')],
  ['a space before the colon', rawRequest([...HEAD, 'Transfer-Encoding : chunked'], CHUNKS)],
  [
    'a folded header',
    rawRequest([...HEAD, 'X-Folded: one', ' Transfer-Encoding: chunked', 'Content-Length: 4'], 'abcd'),
  ],
  [
    'bare LF as line end',
    `${POST}\nHost: localhost\nAuthorization: Bearer ${KEY}\nContent-Length: 4\n\nabcd`,
  ],
  [
    'one bare LF among the headers',
    `${POST}\r\nHost: localhost\nAuthorization: Bearer ${KEY}\r\nContent-Length: 4\r\n\r\nabcd`,
  ],
  ['a bare CR in a header', rawRequest([...HEAD, 'X-Split: one\rTransfer-Encoding: chunked'])],
  ['NUL in a header', rawRequest([...HEAD, 'X-Nul: a\u0000b'])],
  ['NUL in the target', rawRequest(['GET /v1/mod\u0000els HTTP/1.1', ...GOOD_HEADERS])],
  [
    'a chunk size that is no number',
    rawRequest([...HEAD, 'Transfer-Encoding: chunked'], 'zz\r\nabcd\r\n0\r\n\r\n'),
  ],
  ['no HTTP at all', 'hello gateway\r\n\r\n'],
];

describe('a request that two servers could read differently', () => {
  it.each(AMBIGUOUS)('is refused and its connection closed: %s', async (_, bytes) => {
    const answer = await refusedAndClosed(front.gateway.port, bytes + SMUGGLED);
    expect(answer.status).toBe(400);
    expect(answer.header('x-aiproxy-error-source')).toBe('gateway');
    expect(answer.body).not.toContain(KEY);
    expect(front.standIn.requests.filter(({ path }) => path === '/v1/models')).toEqual([]);
  });

  it('harms nobody: the gateway goes on, and the platform saw none of them', async () => {
    expect(front.standIn.requests).toHaveLength(0);
    expect(await servesAnn(front)).toBe(true);
  });
});

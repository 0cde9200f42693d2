import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw } from '../support/raw-client.ts';
import { CHANNEL_KEY, KEY, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const HEADS: readonly (readonly [string, string, string, Readonly<Record<string, string | undefined>>])[] = [
  ['HEAD with a length', 'HEAD', '200 OK\r\nContent-Length: 500', { 'content-length': '500' }],
  ['HEAD without one', 'HEAD', '200 OK\r\nContent-Type: a/b', { 'content-type': 'a/b' }],
  ['HEAD, chunked', 'HEAD', '200 OK\r\nTransfer-Encoding: chunked', {}],
  [
    'HEAD of an error',
    'HEAD',
    '404 Not Found\r\nContent-Length: 500',
    { 'x-aiproxy-error-source': 'platform' },
  ],
  [
    'HEAD of a coded error',
    'HEAD',
    `401 No\r\nContent-Encoding: gzip\r\nX-Key: ${CHANNEL_KEY}\r\nContent-Length: 50`,
    { 'x-key': '***' },
  ],
  ['204', 'DELETE', '204 No Content', { 'content-length': undefined }],
  ['304', 'GET', '304 Not Modified\r\nETag: "x"', { etag: '"x"' }],
  ['an empty body', 'GET', '200 OK\r\nContent-Length: 0', { 'content-length': '0' }],
];

describe('an answer without body', () => {
  it.each(HEADS)('ends with its head, and the connection goes on: %s', async (_, method, head, headers) => {
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      for (;;) {
        await connection.request();
        connection.send(`HTTP/1.1 ${head}\r\n\r\n`);
      }
    });
    const client = await connectRaw(gateway.port);
    for (let turn = 1; turn <= 2; turn += 1) {
      const before = client.received.length;
      client.send(`${method} /v1/files/f HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEY}\r\n\r\n`);
      await gateway.lines(turn);
      await expect.poll(() => client.received.subarray(before).includes('\r\n\r\n')).toBe(true);
      const [written = '', body] = client.received.subarray(before).toString().split('\r\n\r\n');
      expect(written).toContain(`HTTP/1.1 ${head.slice(0, 3)}`);
      expect(body).toBe('');
      for (const [name, value] of Object.entries(headers)) {
        expect(new RegExp(`^${name}: (.*)$`, 'im').exec(written)?.[1]).toBe(value);
      }
    }
    expect(await gateway.lines(2)).toHaveLength(2);
  });
});

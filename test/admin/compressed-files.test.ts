import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { openConsole } from '../support/open-console.ts';
import { connectRaw } from '../support/raw-client.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(20);
const PATH = '/assets/large-1.js';

const cleanUp = createCleanUp();
let port = 0;
beforeAll(async () => {
  const body = Buffer.from(SCRIPT);
  const brotli = Buffer.from(brotliCompressSync(SCRIPT));
  const file = { type: 'text/javascript; charset=utf-8', body, brotli };
  ({ port } = await openConsole(cleanUp, { files: new Map([[PATH, file]]) }));
});
afterAll(cleanUp.run);

/** The bytes that a request is answered with. */
async function ask(line: string, encoding: string): Promise<{ head: string; body: Buffer }> {
  const client = await connectRaw(port);
  const headers = [`Host: localhost:${port}`, 'Connection: close', `Accept-Encoding: ${encoding}`];
  client.send(`${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
  await client.closed;
  const from = client.received.indexOf('\r\n\r\n') + 4;
  return { head: client.received.subarray(0, from).toString(), body: client.received.subarray(from) };
}

const IS_CODED = /^content-encoding: br\r$/im;

describe('a file of the page that was built compressed too', () => {
  test.each(['gzip, deflate, br, zstd', 'BR', 'br;q=0.5, gzip'])(
    'is sent compressed where that is understood: %s',
    async (encoding) => {
      const { head, body } = await ask(`GET ${PATH}`, encoding);
      expect(head).toMatch(IS_CODED);
      expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
    },
  );

  test.each(['gzip', 'br;q=0', 'br; q=0.000', 'brotli', '*', 'br;q=x'])(
    'is sent as it is where that is not sure: %s',
    async (encoding) => {
      const { head, body } = await ask(`GET ${PATH}`, encoding);
      expect(head).not.toMatch(IS_CODED);
      expect(body.toString()).toBe(SCRIPT);
    },
  );

  test.each(['br', 'gzip'])(
    'tells caches on what it depends, in answer to HEAD as well: %s',
    async (encoding) => {
      for (const method of ['GET', 'HEAD']) {
        const { head, body } = await ask(`${method} ${PATH}`, encoding);
        expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
        expect(head).toMatch(/^vary: accept-encoding\r$/im);
        expect(IS_CODED.test(head)).toBe(encoding === 'br');
        expect(body.length > 0).toBe(method === 'GET');
      }
    },
  );

  test('has no second name', async () => {
    expect((await ask(`GET ${PATH}.br`, 'br')).head).toMatch(/^HTTP\/1\.1 404 /);
  });
});

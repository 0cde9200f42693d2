import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { CHANNEL_KEY, onlyLine, sendChat, startBehind } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import type { RawAnswer } from '../support/raw-client.ts';
import type { RawScript } from '../support/raw-upstream.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const ECHO = JSON.stringify({
  error: { message: `Incorrect API key provided: ${CHANNEL_KEY}.`, code: 'invalid_api_key' },
});

function head(status: number, ...headers: readonly string[]): string {
  return `${[`HTTP/1.1 ${status} X`, 'Content-Type: application/json', ...headers].join('\r\n')}\r\n\r\n`;
}

/** What the client gets of an answer, and that its key is nowhere. */
async function relayed(script: RawScript): Promise<RawAnswer> {
  const { gateway } = await startBehind(cleanUp, async (connection, number) => {
    await connection.request();
    await script(connection, number);
  });
  const client = await sendChat(gateway);
  const answer = await client.answer();
  expect(client.received.includes(CHANNEL_KEY)).toBe(false);
  expect(JSON.stringify(await onlyLine(gateway))).not.toContain(CHANNEL_KEY);
  return answer;
}

describe("the channel's key in an error answer", () => {
  it('is masked in a body of known length, and the rest of it is as it was', async () => {
    const answer = await relayed((connection) =>
      connection.send(head(401, `Content-Length: ${ECHO.length}`) + ECHO),
    );
    expect(answer).toMatchObject({ status: 401, complete: true });
    expect(JSON.parse(answer.body)).toEqual({
      error: { message: `Incorrect API key provided: ***${CHANNEL_KEY.slice(-4)}.`, code: 'invalid_api_key' },
    });
  });

  it.each([1, 7, 40])('is masked where it is split over chunks of %i bytes', async (size) => {
    const answer = await relayed(async (connection) => {
      connection.send(head(401, 'Transfer-Encoding: chunked'));
      for (let at = 0; at < ECHO.length; at += size) {
        const piece = ECHO.slice(at, at + size);
        connection.send(`${piece.length.toString(16)}\r\n${piece}\r\n`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      connection.send('0\r\n\r\n');
    });
    expect(JSON.parse(answer.body).error.message).toContain('***');
  });

  it('is masked in a header', async () => {
    const challenge = `WWW-Authenticate: Bearer error="${CHANNEL_KEY} is wrong"`;
    const answer = await relayed((connection) => connection.send(head(403, challenge, 'Content-Length: 0')));
    expect(answer.header('www-authenticate')).toBe('Bearer error="*** is wrong"');
  });

  it('is masked in the reason and code that are logged', async () => {
    const body = JSON.stringify({ error: { message: 'no', code: CHANNEL_KEY, type: CHANNEL_KEY } });
    await relayed((connection) => connection.send(head(400, `Content-Length: ${body.length}`) + body));
  });

  it.each([
    ['gzip', gzipSync(ECHO)],
    ['deflate', deflateSync(ECHO)],
    ['deflate', deflateRawSync(ECHO)],
    ['gzip, br', brotliCompressSync(gzipSync(ECHO))],
    ['Identity, ', Buffer.from(ECHO)],
    ['br', brotliCompressSync(ECHO)],
    ['x-gzip', gzipSync(ECHO)],
  ])('is masked in a body that is coded: %s', async (coding, bytes) => {
    const answer = await relayed((connection) => {
      connection.send(head(401, `Content-Encoding: ${coding}`, `Content-Length: ${bytes.length}`));
      connection.send(bytes);
    });
    expect(answer.header('content-encoding')).toBeUndefined();
    expect(JSON.parse(answer.body).error).toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('***'),
    });
  });

  it.each([
    ['is of an unknown kind', 'secret-coding', Buffer.from(ECHO)],
    ['is broken', 'gzip', gzipSync(ECHO).subarray(0, 30)],
    ['unpacks to more than an error ever is', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['is one too many', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(ECHO)))],
  ])('goes nowhere where the coding %s: the answer comes without its body', async (_, coding, bytes) => {
    const answer = await relayed((connection) => {
      connection.send(head(401, `Content-Encoding: ${coding}`, `Content-Length: ${bytes.length}`));
      connection.send(bytes);
    });
    expect(answer).toMatchObject({ status: 401, complete: true, body: '' });
  });
});

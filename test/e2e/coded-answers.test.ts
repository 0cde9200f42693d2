import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import type { RawScript } from '../support/raw-upstream.ts';
import { chatEvent, onlyLine, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const NULL_USAGE = chatEvent('one').replace('}\n\n', ',"usage":null}\n\n');
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}\n\n';
const DONE = 'data: [DONE]\n\n';
const ANSWER = '{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}}';

const CODED: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['gzip', (text) => gzipSync(text)],
  ['deflate', (text) => deflateSync(text)],
  ['DEFLATE', (text) => deflateRawSync(text)],
  ['br', (text) => brotliCompressSync(text)],
  ['zstd', (text) => zstdCompressSync(text)],
  ['gzip, br', (text) => brotliCompressSync(gzipSync(text))],
  ['identity', (text) => Buffer.from(text)],
];

/** Answers in pieces of a few bytes. */
const answering =
  (type: string, coding: string, bytes: Uint8Array): RawScript =>
  async (connection) => {
    await connection.request();
    connection.send(
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Encoding: ${coding}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    for (let at = 0; at < bytes.length; at += 50) {
      const piece = bytes.subarray(at, at + 50);
      connection.send(
        Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
      );
    }
    connection.send('0\r\n\r\n');
  };

describe.each(CODED)('an answer that comes coded as %s although none was asked for', (coding, code) => {
  it('goes on plain where usage has to be kept from the client', async () => {
    const bytes = code(NULL_USAGE + FINISH + USAGE + DONE);
    const { gateway } = await startBehind(cleanUp, answering('text/event-stream', coding, bytes));
    const answer = await (await sendChat(gateway, true)).answer();
    expect(answer).toMatchObject({ status: 200, complete: true, body: chatEvent('one') + FINISH + DONE });
    if (coding !== 'identity') expect(answer.header('content-encoding')).toBeUndefined();
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', tokens_in: 5, tokens_out: 1 });
  });

  it('passes as it is where nothing has to be changed, and is counted', async () => {
    const { gateway } = await startBehind(cleanUp, answering('application/json', coding, code(ANSWER)));
    const client = await sendChat(gateway);
    expect(await client.answer()).toMatchObject({ status: 200, complete: true });
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', tokens_in: 5, tokens_out: 1 });
  });
});

it('a stream that is not in the coding that it names is cut where it had to be changed', async () => {
  const { gateway } = await startBehind(
    cleanUp,
    answering('text/event-stream', 'gzip', Buffer.from(FINISH + DONE)),
  );
  expect((await (await sendChat(gateway, true)).answer()).complete).toBe(false);
  expect(await onlyLine(gateway)).toMatchObject({
    outcome: 'platform_error',
    error_code: 'upstream_protocol_error',
  });
});

it('a stream in an unknown coding passes as it is, uncounted', async () => {
  const { gateway } = await startBehind(
    cleanUp,
    answering('text/event-stream', 'secret', Buffer.from(FINISH + USAGE + DONE)),
  );
  const answer = await (await sendChat(gateway, true)).answer();
  expect(answer).toMatchObject({ complete: true, body: FINISH + USAGE + DONE });
});

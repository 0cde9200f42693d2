import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { BROKEN_ANSWERS, RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import type { RawScript } from '../support/raw-upstream.ts';
import { chatEvent, lives, onlyLine, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const answering =
  (bytes: string, then: 'stays' | 'ends' | 'resets' = 'stays'): RawScript =>
  async (connection) => {
    await connection.request();
    connection.send(bytes);
    if (then === 'ends') connection.end();
    if (then === 'resets') connection.reset();
  };

describe('an answer that is no HTTP', () => {
  const answers = Object.entries({
    ...BROKEN_ANSWERS,
    'a length that is negative': 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'a header without colon': 'HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n',
    'headers without end': `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(20_000)}`,
    'a switch of protocols nobody asked for':
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
  });

  it.each(answers)('gives 502: %s', async (name, bytes) => {
    const { gateway } = await startBehind(cleanUp, answering(bytes));
    const answer = await (await sendChat(gateway)).answer();
    // Here the head was good and went on before the chunk came.
    if (name === 'an invalid chunk size') expect(answer).toMatchObject({ status: 200, complete: false });
    else {
      expect(answer.status).toBe(502);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'upstream_protocol_error' } });
    }
    expect(await onlyLine(gateway)).toMatchObject({
      outcome: 'platform_error',
      error_code: 'upstream_protocol_error',
      attempts: 1,
    });
    expect(await lives(gateway)).toBe(true);
  });

  it.each([
    ['closes without a word', '', 'ends'],
    ['resets without a word', '', 'resets'],
    ['ends within its headers', 'HTTP/1.1 200 OK\r\nContent-', 'ends'],
    ['ends within a small body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', 'ends'],
    ['resets within a small body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', 'resets'],
  ] as const)('gives 502 where the platform %s', async (_, bytes, then) => {
    const { gateway } = await startBehind(cleanUp, answering(bytes, then));
    const answer = await (await sendChat(gateway)).answer();
    expect(answer.status).toBe(502);
    expect(answer.body).not.toContain('half');
    expect(await onlyLine(gateway)).toMatchObject({ status: 502, outcome: 'platform_error', attempts: 1 });
  });

  it('is no harm where the platform only says that it goes on: 102 and 103 stay between it and us', async () => {
    const interim = 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';
    const { gateway } = await startBehind(
      cleanUp,
      answering(`${interim}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`),
    );
    expect(await (await sendChat(gateway)).answer()).toMatchObject({ status: 200, body: 'ok' });
  });
});

/** Two events and the usage so far, as Anthropic-like platforms send it early. */
const HALF =
  rawChunk(chatEvent('one')) +
  rawChunk('data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}\n\n');

describe('a platform that dies in mid-stream', () => {
  it.each([
    ['resets', RAW_SSE_HEAD + HALF, 'resets'],
    ['ends its connection', RAW_SSE_HEAD + HALF, 'ends'],
    [
      'ends an answer without length',
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${chatEvent('one')}data: {"usage":{"prompt_tokens":9,"completion_tokens":2}}\n\n`,
      'ends',
    ],
  ] as const)(
    'has the client cut off rather than ended, and its usage recorded: it %s',
    async (_, bytes, then) => {
      const { gateway } = await startBehind(cleanUp, answering(bytes, then));
      const client = await sendChat(gateway, true);
      const answer = await client.answer();
      await client.closed;
      expect(answer).toMatchObject({ status: 200, complete: false });
      const line = await onlyLine(gateway);
      expect(line).toMatchObject({
        status: 200,
        outcome: 'platform_error',
        protocol: 'sse',
        tokens_in: 9,
        tokens_out: 2,
      });
      expect(line.error_code).toMatch(/^upstream_/);
      expect(await gateway.stats()).toMatchObject({ total_requests: 1, successful_requests: 0 });
    },
  );

  it('has its end passed on where HTTP ended properly, and what was missing recorded', async () => {
    const { gateway } = await startBehind(cleanUp, answering(`${RAW_SSE_HEAD}${HALF}0\r\n\r\n`));
    const answer = await (await sendChat(gateway, true)).answer();
    expect(answer).toMatchObject({ status: 200, complete: true });
    expect(await onlyLine(gateway)).toMatchObject({
      status: 200,
      outcome: 'platform_error',
      error_code: 'upstream_protocol_error',
      error_message: expect.stringContaining('[DONE]'),
      tokens_in: 9,
    });
  });

  it('is complete with a finish reason where HTTP ended properly, whatever the platform', async () => {
    const finish = rawChunk('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n');
    const { gateway } = await startBehind(cleanUp, answering(`${RAW_SSE_HEAD}${HALF}${finish}0\r\n\r\n`));
    expect((await (await sendChat(gateway, true)).answer()).complete).toBe(true);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', error_code: null, tokens_in: 9 });
  });

  it('cuts a client of HTTP/1.0 with a reset: a plain end would look like the whole answer', async () => {
    const { gateway } = await startBehind(cleanUp, answering(RAW_SSE_HEAD + HALF, 'resets'));
    const client = await sendChat(gateway, true, '1.0');
    expect(await client.closed).toBe('reset');
    expect((await onlyLine(gateway)).outcome).toBe('platform_error');
  });

  it('within a large body of known length has the client cut off', async () => {
    const { gateway } = await startBehind(
      cleanUp,
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(100_000)}`, 'ends'),
    );
    const client = await sendChat(gateway);
    expect((await client.answer()).complete).toBe(false);
    await client.closed;
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'platform_error' });
  });
});

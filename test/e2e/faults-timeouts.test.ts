import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk, rawJsonAnswer } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import { createStoppableClock } from '../support/stoppable-clock.ts';
import { chatEvent, KEY, lives, onlyLine, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

describe('a platform that does not answer', () => {
  it('gives 504, and is hung up on', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {}, { timeout: 0.4 });
    const answer = await (await sendChat(gateway)).answer();
    expect(answer.status).toBe(504);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'upstream_timeout' } });
    await upstream.connections[0]?.closed;
    const line = {
      status: 504,
      outcome: 'platform_error',
      error_code: 'upstream_timeout',
      user: 'ann',
      attempts: 1,
    };
    expect(await onlyLine(gateway)).toMatchObject(line);
    expect((await onlyLine(gateway)).latency_ms).toBeGreaterThanOrEqual(400);
    expect(upstream.connections).toHaveLength(1);
  });

  it('is asked again only where the channel retries timeouts', async () => {
    const answering = { timeout: 0.4, max_retries: 1, retry_timeouts: true };
    const { gateway } = await startBehind(
      cleanUp,
      async (connection, number) => {
        await connection.request();
        if (number === 1) connection.send(rawJsonAnswer({ ok: true }));
      },
      answering,
    );
    expect(await (await sendChat(gateway)).answer()).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', attempts: 2 });
  });
});

describe('a platform that falls silent in its answer', () => {
  it('in mid-stream beyond idle_timeout has the connection cut, and is recorded with what it said', async () => {
    const usage = 'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}\n\n';
    const { gateway, upstream } = await startBehind(
      cleanUp,
      async (connection) => {
        await connection.request();
        connection.send(RAW_SSE_HEAD + rawChunk(chatEvent('one')) + rawChunk(usage));
      },
      { idle_timeout: 0.4, timeout: 30 },
    );
    const client = await sendChat(gateway, true);
    const answer = await client.answer();
    expect(answer).toMatchObject({ status: 200, complete: false });
    expect(answer.body).toContain('one');
    await client.closed;
    await upstream.connections[0]?.closed;
    const line = { status: 200, outcome: 'platform_error', error_code: 'upstream_timeout', protocol: 'sse' };
    expect(await onlyLine(gateway)).toMatchObject({ ...line, tokens_in: 7, tokens_out: 3 });
    expect(await lives(gateway)).toBe(true);
  });

  it('within a small answer of known length gives 504: nothing had reached the client', async () => {
    const { gateway } = await startBehind(
      cleanUp,
      async (connection) => {
        await connection.request();
        connection.send(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"half":',
        );
      },
      { idle_timeout: 0.4, timeout: 30 },
    );
    expect((await (await sendChat(gateway)).answer()).status).toBe(504);
    expect(await onlyLine(gateway)).toMatchObject({ status: 504, error_code: 'upstream_timeout' });
  });

  it('is no fault while it keeps talking, however long it takes in all', async () => {
    const clock = createStoppableClock();
    const { gateway, upstream } = await startBehind(
      cleanUp,
      async (connection) => {
        await connection.request();
        connection.send(RAW_SSE_HEAD);
      },
      { idle_timeout: 1, timeout: 1 },
      { clock },
    );
    const client = await sendChat(gateway, true);
    await client.until('event-stream');
    clock.stop();
    for (let at = 0; at < 8; at += 1) {
      upstream.connections[0]?.send(rawChunk(`: still here ${at}\n\n`));
      await client.until(`still here ${at}`);
      clock.advance(700);
    }
    upstream.connections[0]?.send(`${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`);
    expect((await client.answer()).complete).toBe(true);
    clock.run();
    expect((await onlyLine(gateway)).outcome).toBe('success');
  });
});

describe('an upload that moves', () => {
  it('may take longer than the platform has to answer', async () => {
    const clock = createStoppableClock();
    const { gateway, upstream } = await startBehind(
      cleanUp,
      async (connection) => {
        await connection.request();
        connection.send(rawJsonAnswer({ ok: true }));
      },
      { timeout: 1 },
      { clock },
    );
    const client = await connectRaw(gateway.port);
    const head = [
      'POST /v1/files HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${KEY}`,
      'Content-Length: 2000000',
    ];
    client.send(`${head.join('\r\n')}\r\n\r\n`);
    const piece = 250_000;
    clock.stop();
    for (let at = 1; at <= 8; at += 1) {
      client.send(Buffer.alloc(piece));
      await expect.poll(() => upstream.connections[0]?.received.length ?? 0).toBeGreaterThan(at * piece);
      clock.advance(700);
    }
    clock.run();
    expect((await client.answer()).status).toBe(200);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'success', bytes_in: 2_000_000 });
  });
});

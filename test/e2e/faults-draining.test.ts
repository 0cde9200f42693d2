import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import { requestLogLines } from '../support/request-log-lines.ts';
import { chatEvent, KEY, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const END = `${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`;

/** A gateway in the middle of one stream, that begins to stop. */
async function draining(graceMs: number, channel = {}) {
  const finish = Promise.withResolvers<void>();
  const { gateway, upstream } = await startBehind(
    cleanUp,
    async (connection) => {
      await connection.request();
      connection.send(RAW_SSE_HEAD + rawChunk(chatEvent('one')));
      await finish.promise;
      connection.send(END);
    },
    channel,
  );
  const client = await sendChat(gateway, true);
  await client.until('one');
  const idle = await connectRaw(gateway.port);
  const stopped = gateway.stop(graceMs);
  return { gateway, upstream, client, idle, stopped, finish: () => finish.resolve() };
}

const get = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n\r\n`;

describe('a gateway that is told to stop', () => {
  it('says so on /ready at once, refuses new work, and lets streams finish', async () => {
    const { gateway, client, idle, stopped, finish } = await draining(30_000);
    idle.send(get('/ready'));
    expect(await idle.answer()).toMatchObject({ status: 503, body: '{"status":"draining"}' });
    idle.send(get('/health'));
    expect(await idle.answer()).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    idle.send(get('/metrics'));
    expect((await idle.answer()).body).toContain('\naiproxy_ready 0\n');

    const fresh = await connectRaw(gateway.port);
    fresh.send(get('/v1/models'));
    const refused = await fresh.answer();
    expect(refused.status).toBe(503);
    expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'draining' } });

    finish();
    expect(await client.answer()).toMatchObject({ status: 200, complete: true });
    await stopped;
    const lines = await requestLogLines(gateway.dataDir, 2);
    expect(lines.map(({ error_code, outcome, user }) => [error_code, outcome, user])).toEqual([
      ['draining', 'gateway_error', null],
      [null, 'success', 'ann'],
    ]);
  });

  it('cuts what is not over when its time is, and records it', async () => {
    const { gateway, upstream, client, stopped } = await draining(300);
    expect(await client.answer()).toMatchObject({ status: 200, complete: false });
    await client.closed;
    await stopped;
    await upstream.connections[0]?.closed;
    const [line, ...others] = await requestLogLines(gateway.dataDir, 1);
    expect(others).toEqual([]);
    expect(line?.outcome).not.toBe('success');
  });

  it('tries nothing again when its time is over', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {}, {
      timeout: 60,
      max_retries: 10,
      retry_timeouts: true,
    });
    const client = await sendChat(gateway);
    await expect.poll(() => upstream.connections[0]?.received.length).toBeGreaterThan(0);
    await gateway.stop(300);
    expect((await client.answer()).status).toBe(504);
    expect(upstream.connections).toHaveLength(1);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { rawJsonAnswer } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import { KEY, lives, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const get = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEY}\r\n\r\n`;
const pathOf = (request: string): string => request.split(' ')[1] ?? '';

describe('requests that are sent before the answer to the one before', () => {
  it('are answered in their order, whichever the platform answers first', async () => {
    const second = Promise.withResolvers<void>();
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      const path = pathOf(await connection.request());
      if (path === '/v1/files/first') await second.promise;
      connection.send(rawJsonAnswer({ path }));
      if (path === '/v1/files/second') second.resolve();
    });
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/first') + get('/v1/files/second') + get('/health'));
    const answers = [await client.answer(), await client.answer(), await client.answer()];
    expect(answers.map(({ body }) => body)).toEqual([
      '{"path":"/v1/files/first"}',
      '{"path":"/v1/files/second"}',
      '{"status":"ok"}',
    ]);
    expect(await gateway.lines(2)).toHaveLength(2);
  });

  it('are each recorded once when the client leaves, and the platform is hung up on', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {});
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/a') + get('/v1/files/b') + get('/v1/files/c'));
    await expect
      .poll(() => upstream.connections.filter(({ received }) => received.length > 0).length)
      .toBe(3);
    client.reset();
    await Promise.all(upstream.connections.map(({ closed }) => closed));
    const lines = await gateway.lines(3);
    expect(lines.map(({ path, outcome }) => [path, outcome]).sort()).toEqual([
      ['/v1/files/a', 'aborted'],
      ['/v1/files/b', 'aborted'],
      ['/v1/files/c', 'aborted'],
    ]);
    expect((await gateway.stats()).total_requests).toBe(3);
    expect(await lives(gateway)).toBe(true);
  });

  it('are not answered behind one that broke off', async () => {
    const { gateway } = await startBehind(
      cleanUp,
      async (connection) => {
        const path = pathOf(await connection.request());
        if (path !== '/v1/files/broken') return connection.send(rawJsonAnswer({ path }));
        connection.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n');
        await connection.until('never');
      },
      { idle_timeout: 0.4 },
    );
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/broken') + get('/v1/files/next'));
    await client.closed;
    expect(client.received.toString()).toContain('half');
    expect(client.received.toString()).not.toContain('/v1/files/next');
    const lines = await gateway.lines(2);
    expect(lines).toHaveLength(2);
    expect(lines.find(({ path }) => path === '/v1/files/broken')).toMatchObject({
      outcome: 'platform_error',
    });
    expect(lines.find(({ path }) => path === '/v1/files/next')?.outcome).not.toBe('platform_error');
  });
});

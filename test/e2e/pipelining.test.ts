import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { RAW_SSE_HEAD, rawChunk, rawJsonAnswer } from '../support/raw-answers.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';
import { chatBody, chatEvent, KEY, lives, onlyLine, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const BEARER = `Host: x\r\nAuthorization: Bearer ${KEY}\r\n`;
const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\n${BEARER}${more}\r\n`;
const post = (path: string, body: string, more = ''): string =>
  `POST ${path} HTTP/1.1\r\n${BEARER}Content-Length: ${body.length}\r\n${more}\r\n${body}`;
const pathOf = (request: string): string => request.split(' ')[1] ?? '';

/** A platform that answers each request with its own path and body, the first one only when it is told to. */
async function startEchoing() {
  const first = Promise.withResolvers<void>();
  const seen: string[] = [];
  const behind = await startBehind(cleanUp, async (connection) => {
    for (;;) {
      const request = await connection.request().catch(() => null);
      if (request === null) return;
      const path = pathOf(request);
      seen.push(path);
      if (path === '/v1/files/first') await first.promise;
      connection.send(rawJsonAnswer({ path, body: request.slice(request.indexOf('\r\n\r\n') + 4) }));
    }
  });
  const client = await connectRaw(behind.gateway.port);
  return { ...behind, client, seen, answerFirst: () => first.resolve() };
}

const bodyOf = async (client: RawClient): Promise<unknown> => JSON.parse((await client.answer()).body);
/** Another connection's request goes through the gateway and back: what would have been begun meanwhile has begun. */
const passed = async (port: number): Promise<void> => {
  const other = await connectRaw(port);
  other.send(get('/v1/files/other'));
  await other.answer();
  other.end();
};

describe('requests that are sent before the answer to the one before', () => {
  it('go to the platform one after the other, and are answered in their order', async () => {
    const { gateway, client, seen, answerFirst } = await startEchoing();
    client.send(get('/v1/files/first') + get('/v1/files/second') + get('/health') + get('/v1/files/third'));
    await passed(gateway.port);
    expect(seen).toEqual(['/v1/files/first', '/v1/files/other']);
    answerFirst();
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/first' });
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/second' });
    expect(await bodyOf(client)).toEqual({ status: 'ok' });
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/third' });
    expect((await gateway.lines(4)).map(({ path }) => path)).toEqual([
      '/v1/files/other',
      '/v1/files/first',
      '/v1/files/second',
      '/v1/files/third',
    ]);
  });

  it('keep their bodies, in one piece or in many, declared or in chunks', async () => {
    const { client, answerFirst } = await startEchoing();
    const large = 'x'.repeat(200_000);
    const chunked = `POST /v1/c HTTP/1.1\r\n${BEARER}Transfer-Encoding: chunked\r\n\r\n${rawChunk('a')}${rawChunk('b')}0\r\n\r\n`;
    const bytes =
      get('/v1/files/first') + post('/v1/a', 'abc') + post('/v1/b', large) + chunked + get('/v1/d');
    for (let at = 0; at < bytes.length; at += 7_001) client.send(bytes.slice(at, at + 7_001));
    answerFirst();
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/first' });
    expect(await bodyOf(client)).toEqual({ path: '/v1/a', body: 'abc' });
    expect(await bodyOf(client)).toEqual({ path: '/v1/b', body: large });
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/c' });
    expect(await bodyOf(client)).toEqual({ path: '/v1/d', body: '' });
    client.send(get('/v1/e'));
    expect(await bodyOf(client)).toEqual({ path: '/v1/e', body: '' });
  });
});

describe('requests behind an answer that does not come to its end', () => {
  it('are not begun when the client leaves, and the platform is hung up on', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => {});
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/a'));
    await expect.poll(() => upstream.connections[0]?.received.length).toBeGreaterThan(0);
    client.send(get('/v1/files/b') + get('/v1/files/c'));
    client.reset();
    await upstream.connections[0]?.closed;
    expect(await onlyLine(gateway)).toMatchObject({ path: '/v1/files/a', outcome: 'aborted' });
    expect(upstream.connections).toHaveLength(1);
    expect(await lives(gateway)).toBe(true);
  });

  it('are neither answered nor begun behind one that broke off', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
      await connection.request();
      connection.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n');
      await expect.poll(() => client.received.includes('half')).toBe(true);
      connection.reset();
    });
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/broken') + get('/v1/files/next'));
    await client.closed;
    expect(client.received.toString().split('HTTP/1.1')).toHaveLength(2);
    expect(await onlyLine(gateway)).toMatchObject({ path: '/v1/files/broken', outcome: 'platform_error' });
    expect(upstream.connections).toHaveLength(1);
  });

  it('are cut when the answer breaks off that waited for its turn', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
      let path = pathOf(await connection.request());
      if (path === '/v1/files/first') {
        connection.send(rawJsonAnswer({ path }));
        path = pathOf(await connection.request());
      }
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf');
      await expect.poll(() => client.received.includes('half')).toBe(true);
      connection.reset();
    });
    const client = await connectRaw(gateway.port);
    client.send(get('/v1/files/first') + get('/v1/files/broken') + get('/v1/files/next'));
    expect(await bodyOf(client)).toEqual({ path: '/v1/files/first' });
    expect(await client.answer()).toMatchObject({ body: 'half', complete: false });
    await client.closed;
    expect((await gateway.lines(2)).map(({ outcome }) => outcome)).toEqual(['success', 'platform_error']);
    expect(upstream.connections.some(({ received }) => received.includes('next'))).toBe(false);
  });
});

describe('requests behind an answer that want something else than an answer', () => {
  it('are told to continue when it is their turn, never within another answer', async () => {
    const { gateway, client, seen, answerFirst } = await startEchoing();
    const body = chatBody(false);
    const expecting = `Expect: 100-continue\r\n`;
    client.send(
      get('/v1/files/first') + post('/v1/chat/completions', body, expecting).slice(0, -body.length),
    );
    await passed(gateway.port);
    expect(client.received).toHaveLength(0);
    answerFirst();
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/first' });
    expect((await client.answer()).status).toBe(100);
    client.send(body);
    expect(await bodyOf(client)).toEqual({ path: '/v1/chat/completions', body });
    expect(seen.filter((path) => path === '/v1/chat/completions')).toHaveLength(1);
  });

  it('are refused without a 100 in the answer where they expect one and nobody can be reached', async () => {
    const { client, upstream, answerFirst } = await startEchoing();
    const body = chatBody(false);
    client.send(get('/v1/files/first') + post('/v1/chat/completions', body, `Expect: 100-continue\r\n`));
    await expect.poll(() => upstream.connections[0]?.received.length).toBeGreaterThan(0);
    await upstream.close().catch(() => undefined);
    answerFirst();
    const statuses = [await client.answer(), await client.answer(), await client.answer()];
    expect(statuses.map(({ status }) => status).slice(1)).toEqual([100, 502]);
    expect(statuses[2]).toMatchObject({ complete: true });
    expect(JSON.parse(statuses[2]?.body ?? '')).toMatchObject({ error: { code: 'upstream_unreachable' } });
  });

  it('are refused in their turn where they ask for another protocol', async () => {
    const { gateway, client, answerFirst } = await startEchoing();
    const other = 'Connection: Upgrade\r\nUpgrade: h2c\r\n';
    client.send(get('/v1/files/first') + get('/v1/files/second', other) + get('/v1/files/lost'));
    await passed(gateway.port);
    answerFirst();
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/first' });
    const refused = await client.answer();
    expect(refused.status).toBe(400);
    expect(refused.header('connection')).toBe('close');
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'bad_request' } });
    client.end();
    expect(await client.closed).toBe('ended');
    expect((await gateway.lines(3)).map(({ status }) => status)).toEqual([200, 200, 400]);
  });

  it.each([
    ['garbage', 'NONSENSE\r\n\r\n', 400],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
  ])('let the answer before them end where they are no requests: %s', async (_, bytes, status) => {
    const { gateway, client, answerFirst } = await startEchoing();
    client.send(get('/v1/files/first') + bytes);
    await passed(gateway.port);
    answerFirst();
    expect(await bodyOf(client)).toMatchObject({ path: '/v1/files/first' });
    expect((await client.answer()).status).toBe(status);
    client.end();
    expect(await client.closed).toBe('ended');
    expect((await gateway.lines(2)).at(-1)).toMatchObject({ path: '/v1/files/first', outcome: 'success' });
  });
});

describe('a stream behind which a request waits', () => {
  it('goes on although its client is slow, and the request begins when it has ended', async () => {
    const finish = Promise.withResolvers<void>();
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      await connection.request();
      connection.send(RAW_SSE_HEAD);
      const event = rawChunk(chatEvent('x'.repeat(10_000)));
      for (let sent = 0; sent < 500; sent += 1) connection.send(event);
      await finish.promise;
      connection.send(`${rawChunk('data: [DONE]\n\n')}0\r\n\r\n`);
      connection.send(rawJsonAnswer({ path: pathOf(await connection.request()) }));
    });
    const client = await connectRaw(gateway.port);
    client.send(post('/v1/chat/completions', chatBody(true)) + get('/v1/files/next') + get('/health'));
    await client.until('xxx');
    client.pause();
    await passedHealth(gateway.port);
    client.resume();
    finish.resolve();
    expect(await client.answer()).toMatchObject({ status: 200, complete: true });
    expect(await bodyOf(client)).toEqual({ path: '/v1/files/next' });
    expect(await bodyOf(client)).toEqual({ status: 'ok' });
  });
});

const passedHealth = async (port: number): Promise<void> => {
  const other = await connectRaw(port);
  other.send('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  await other.answer();
  other.end();
};

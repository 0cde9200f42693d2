import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src-main/core/ports.ts';
import { CHANNEL_KEY, KEY, onlyLine, startBefore, startBehind } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { rawJsonAnswer } from '../support/raw-answers.ts';
import { connectRaw } from '../support/raw-client.ts';
import type { RawScript } from '../support/raw-upstream.ts';
import { createStoppableClock } from '../support/stoppable-clock.ts';
import { rawFrame, text } from './raw/raw-frame.ts';
import { handshake, nextTurn, startRawPlatform, switching } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MIB = 1024 * 1024;

/** How many turns of the loop without a change count as none to come: both ends are in this process. */
const STILL_TURNS = 100;

/** Resolves when a figure has stopped changing. */
async function untilStill(figure: () => number): Promise<void> {
  let last = figure();
  for (let still = 0; still < STILL_TURNS; still += 1) {
    await nextTurn();
    const now = figure();
    if (now !== last) still = 0;
    last = now;
  }
}

/** A platform that answers handshakes when the test says so. */
async function waiting(clock?: Clock) {
  const agree = Promise.withResolvers<void>();
  const answer: RawScript = async (connection) => {
    const request = await connection.until('\r\n\r\n');
    await agree.promise;
    connection.send(switching(request));
  };
  const behind = await startBehind(cleanUp, answer, {}, clock === undefined ? {} : { clock });
  const client = await connectRaw(behind.gateway.port);
  const reached = () =>
    expect.poll(() => behind.upstream.connections[0]?.received.includes('\r\n\r\n')).toBe(true);
  return { ...behind, client, reached, agree: () => agree.resolve() };
}

describe('a client that does not wait for the answer to its handshake', () => {
  it('has its frames brought to the platform in order, and none of them before the answer', async () => {
    const { upstream, client, reached, agree } = await waiting();
    const frames = Array.from({ length: 200 }, (_, at) =>
      rawFrame(text(`frame ${at} ${'x'.repeat(at)}`), true),
    );
    client.send(Buffer.concat([Buffer.from(handshake()), ...frames.slice(0, 20)]));
    await reached();
    for (const frame of frames.slice(20, 100)) client.send(frame);
    const [connection] = upstream.connections;
    const head = connection?.received.length ?? 0;
    agree();
    await client.until('101');
    for (const frame of frames.slice(100)) client.send(frame);
    const all = Buffer.concat(frames);
    await expect.poll(() => connection?.received.length).toBe(head + all.length);
    expect(Buffer.compare(connection?.received.subarray(head) ?? all.subarray(1), all)).toBe(0);
  });

  it('is not read further when it has sent 1 MiB, and loses nothing of what it sent', async () => {
    const { gateway, upstream, reached, agree } = await waiting();
    const big = rawFrame({ opcode: 2, payload: Buffer.alloc(24 * MIB, 5) }, true);
    const client = connect(gateway.port, '127.0.0.1');
    cleanUp.add(() => void client.destroy());
    client.write(handshake());
    await reached();
    const head = upstream.connections[0]?.received.length ?? 0;
    client.write(big);
    await untilStill(() => client.writableLength);
    // The system holds a part as well.
    expect(client.writableLength).toBeGreaterThan(10 * MIB);
    agree();
    await expect.poll(() => upstream.connections[0]?.received.length).toBe(head + big.length);
    expect(Buffer.compare(upstream.connections[0]?.received.subarray(head) ?? Buffer.alloc(0), big)).toBe(0);
  });

  it.each(['end', 'reset'] as const)(
    'and leaves (%s) has the platform hung up on at once, and is recorded once',
    async (how) => {
      const clock = createStoppableClock();
      const { gateway, upstream, client, reached } = await waiting(clock);
      client.send(handshake());
      await reached();
      clock.stop();
      client[how]();
      await upstream.connections[0]?.closed;
      clock.run();
      expect(await onlyLine(gateway)).toMatchObject({
        protocol: 'websocket',
        status: 499,
        outcome: 'aborted',
      });
    },
  );
});

/** What is odd about a handshake, as it is sent. */
const head = (first: string, ...headers: readonly string[]): string =>
  handshake(headers).replace(/^GET \S+ HTTP\/1\.1/, first);

describe('an odd handshake', () => {
  it.each([
    ['two Host headers', handshake(['Host: other'])],
    ['no Host', handshake().replace('Host: localhost\r\n', '')],
    ['an absolute target', head('GET http://evil.test/v1/realtime HTTP/1.1')],
    ['a target that climbs', head('GET /v1/../admin HTTP/1.1')],
    ['a body', `${handshake(['Content-Length: 5'])}hello`],
    ['a chunked body', `${handshake(['Transfer-Encoding: chunked'])}5\r\nhello\r\n0\r\n\r\n`],
    ['two keys of its own', handshake(['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='])],
    ['two versions', handshake(['Sec-WebSocket-Version: 13'])],
    ['HTTP/1.0', head('GET /v1/realtime?model=m HTTP/1.0')],
    ['HTTP/1.0, at Responses', head('GET /v1/responses HTTP/1.0')],
    ['version 8', handshake().replace('Version: 13', 'Version: 8')],
    ['no key of its own', handshake().replace(/Sec-WebSocket-Key: .*\r\n/, '')],
    ['a short key of its own', handshake().replace('dGhlIHNhbXBsZSBub25jZQ==', 'dGhl')],
  ])('is refused with 400 before the platform hears of it: %s', async (_, bytes) => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = await startBefore(cleanUp, platform.url);
    const client = await connectRaw(gateway.port);
    client.send(bytes);
    expect((await client.answer()).status).toBe(400);
    expect(await client.closed).toBe('ended');
    expect(platform.connections).toHaveLength(0);
    expect(await onlyLine(gateway)).toMatchObject({
      status: 400,
      outcome: 'client_error',
      protocol: 'websocket',
    });
  });

  it.each([
    ['with Expect', handshake(['Expect: 100-continue'])],
    ['with a length of nothing', handshake(['Content-Length: 0'])],
    ['under the prefix of its channel', head('GET /channels/behind/v1/realtime?model=m HTTP/1.1')],
    ['with the channel in a header', handshake(['x-aiproxy-channel: behind'])],
    ['among other protocols', handshake().replace('Upgrade: websocket', 'Upgrade: h2c, websocket')],
    [
      'among other protocols, in two lines',
      handshake().replace('Upgrade: websocket', 'Upgrade: h2c\r\nUpgrade: websocket'),
    ],
    [
      'with Upgrade and Connection in other letters',
      handshake().replace('Upgrade: websocket', 'UPGRADE: WebSocket'),
    ],
  ])('is taken %s', async (_, bytes) => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = await startBefore(cleanUp, platform.url);
    const client = await connectRaw(gateway.port);
    client.send(bytes);
    const { request } = await platform.session();
    await client.until('\r\n\r\n');
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 101 /);
    expect(request).toMatch(/^GET \/v1\/realtime\?model=/);
    expect(request).toContain(`Bearer ${CHANNEL_KEY}`);
    expect(request).not.toMatch(/expect|x-aiproxy-channel/i);
    expect(request).not.toContain(KEY);
  });
});

describe('a handshake that leads to no session', () => {
  it.each(['/health', '/ready', '/stats', '/'])(
    'to %s is answered here, as without Upgrade',
    async (path) => {
      const platform = cleanUp.closing(await startRawPlatform());
      const gateway = await startBefore(cleanUp, platform.url);
      const client = await connectRaw(gateway.port);
      client.send(head(`GET ${path} HTTP/1.1`));
      expect((await client.answer()).status).toBe(200);
      expect(await client.closed).toBe('ended');
      expect(platform.connections).toHaveLength(0);
    },
  );

  it('with another method is no WebSocket', async () => {
    const platform = cleanUp.closing(await startRawPlatform());
    const gateway = await startBefore(cleanUp, platform.url);
    const client = await connectRaw(gateway.port);
    client.send(head('POST /v1/realtime?model=m HTTP/1.1', 'Content-Length: 0'));
    expect((await client.answer()).status).toBe(400);
    expect(platform.connections).toHaveLength(0);
  });
});

describe('a handshake on a connection that served requests before', () => {
  it('opens a session when they are answered', async () => {
    const { gateway } = await startBehind(cleanUp, async (connection, number) => {
      const request = await connection.until('\r\n\r\n');
      connection.send(number === 0 ? rawJsonAnswer({ data: [] }) : switching(request));
    });
    const client = await connectRaw(gateway.port);
    client.send(`GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n\r\n`);
    expect((await client.answer()).status).toBe(200);
    client.send(handshake());
    await client.until('HTTP/1.1 101');
  });

  it('ends the connection while one of them is not answered yet, and the platform is hung up on', async () => {
    const { gateway, upstream } = await startBehind(cleanUp, () => undefined);
    const client = await connectRaw(gateway.port);
    client.send(
      `GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n\r\n${handshake()}`,
    );
    await client.closed;
    expect(client.received).toHaveLength(0);
    expect(await onlyLine(gateway)).toMatchObject({ outcome: 'aborted', status: 499 });
    for (const connection of upstream.connections) await connection.closed;
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { lives, onlyLine, startBehind } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { connectRaw } from '../support/raw-client.ts';
import { handshake, switching } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const OK_101 = 'HTTP/1.1 101 Switching Protocols\r\n';

/** What a platform answers to a handshake, though it should not. */
const MISBEHAVIOURS: readonly (readonly [string, (request: string) => string])[] = [
  [
    'agrees to an extension',
    (request) => switching(request, ['Sec-WebSocket-Extensions: permessage-deflate']),
  ],
  ['agrees to an empty extension', (request) => switching(request, ['Sec-WebSocket-Extensions:'])],
  ['says 101 without Upgrade', () => `${OK_101}Connection: Upgrade\r\n\r\n`],
  ['says 101 without Connection', () => `${OK_101}Upgrade: websocket\r\n\r\n`],
  ['says 101 and nothing else', () => `${OK_101}\r\n`],
  ['switches to another protocol', () => `${OK_101}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
  ['sends an unasked 100', (request) => `HTTP/1.1 100 Continue\r\n\r\n${switching(request)}`],
  ['sends an unasked 103', (request) => `HTTP/1.1 103 Early Hints\r\n\r\n${switching(request)}`],
  ['sends garbage', () => 'what is this?\r\n\r\n'],
  ['sends a frame without an answer', () => '\x81\x02hi'],
  ['sends two lengths', () => 'HTTP/1.1 403 No\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nno'],
  ['never ends its head', () => `${OK_101}X-Long: ${'x'.repeat(100_000)}`],
];

describe('a platform that answers a handshake as it should not', () => {
  it.each(MISBEHAVIOURS)('gives 502 over HTTP and is hung up on: it %s', async (_, answer) => {
    const { gateway, upstream } = await startBehind(cleanUp, async (connection) => {
      connection.send(Buffer.from(answer(await connection.request()), 'latin1'));
    });
    const client = await connectRaw(gateway.port);
    client.send(handshake());
    const got = await client.answer();
    expect(got.status).toBe(502);
    expect(JSON.parse(got.body)).toMatchObject({ error: { code: 'upstream_protocol_error' } });
    expect(await client.closed).toBe('ended');
    await upstream.connections[0]?.closed;
    expect(upstream.connections).toHaveLength(1);
    expect(await onlyLine(gateway)).toMatchObject({
      protocol: 'websocket',
      status: 502,
      outcome: 'platform_error',
      error_code: 'upstream_protocol_error',
    });
    expect(await lives(gateway)).toBe(true);
  });

  it('has its own refusal passed on, status, headers and body', async () => {
    const { gateway } = await startBehind(cleanUp, async (connection) => {
      await connection.request();
      connection.send('HTTP/1.1 426 Upgrade Required\r\nX-Why: old\r\nContent-Length: 9\r\n\r\ntoo early');
    });
    const client = await connectRaw(gateway.port);
    client.send(handshake());
    const got = await client.answer();
    expect([got.status, got.header('x-why'), got.body]).toEqual([426, 'old', 'too early']);
  });
});

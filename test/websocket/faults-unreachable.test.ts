import { afterEach, describe, expect, it } from 'vitest';
import { CHANNEL_KEY, lives, onlyLine, startBefore } from '../e2e/faults/behind.ts';
import { fullPort } from '../e2e/faults/full-port.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { handshake } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** Voice SDKs give up after 5 s. */
const WITHIN_MS = 4_500;

/** An address at which something is wrong, and words that the error must have. */
type Unreachable = readonly [why: string, address: () => Promise<string>, reason: RegExp];

const silent = async (): Promise<number> => cleanUp.closing(await startRawUpstream(() => {})).port;

const UNREACHABLE: readonly Unreachable[] = [
  ['refuses the connection', async () => `http://127.0.0.1:${await closedPort()}`, /refused/],
  ['has a name that does not resolve', async () => 'http://no-such-host.invalid', /name/],
  [
    'resets the connection',
    async () => cleanUp.closing(await startRawUpstream((connection) => connection.reset())).url,
    /reset|closed/,
  ],
  [
    'ends the connection without a word',
    async () =>
      cleanUp.closing(
        await startRawUpstream(async (connection) => {
          await connection.request();
          connection.end();
        }),
      ).url,
    /reset|closed/,
  ],
  [
    'has a certificate nobody signed',
    async () => cleanUp.closing(await startOpenAi({ tls: selfSigned() })).url,
    /certificate/,
  ],
  [
    'speaks no TLS',
    async () => {
      const { port } = cleanUp.closing(
        await startRawUpstream((connection) => connection.send('no TLS\r\n\r\n')),
      );
      return `https://127.0.0.1:${port}`;
    },
    /TLS/,
  ],
  [
    'does not answer to connect',
    async () => `http://127.0.0.1:${await fullPort(cleanUp)}`,
    /no answer to connect/,
  ],
  [
    'never finishes its TLS handshake',
    async () => `https://127.0.0.1:${await silent()}`,
    /no answer to connect/,
  ],
];

async function ask(url: string, channel = {}) {
  const gateway = await startBefore(cleanUp, url, channel);
  const client = await connectRaw(gateway.port);
  const startedMs = performance.now();
  client.send(handshake());
  const answer = await client.answer();
  return { gateway, client, answer, tookMs: performance.now() - startedMs };
}

describe('a handshake with a platform that cannot be reached', () => {
  it.each(UNREACHABLE)('gives 502 over HTTP within 4.5 s: it %s', async (_, address, reason) => {
    const { gateway, client, answer, tookMs } = await ask(await address());
    expect(answer.status).toBe(502);
    expect(tookMs).toBeLessThan(WITHIN_MS);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: 'upstream_unreachable', message: expect.stringMatching(reason) },
    });
    expect(answer.body).not.toContain(CHANNEL_KEY);
    expect(await client.closed).toBe('ended');
    expect(await onlyLine(gateway)).toMatchObject({
      protocol: 'websocket',
      status: 502,
      outcome: 'platform_error',
      error_code: 'upstream_unreachable',
      user: 'ann',
      channel: 'behind',
    });
    expect(await lives(gateway)).toBe(true);
  });

  it('gives 502 within 4.5 s also where it is tried again and again', async () => {
    const retrying = { connect_timeout: 2, max_retries: 10 };
    const { answer, tookMs } = await ask(`http://127.0.0.1:${await fullPort(cleanUp)}`, retrying);
    expect(answer.status).toBe(502);
    expect(tookMs).toBeLessThan(WITHIN_MS);
  });
});

describe('a handshake with a platform that connects and then is silent', () => {
  it.each([
    ['once', {}],
    ['also where timeouts are tried again', { max_retries: 5, retry_timeouts: true }],
  ])('gives 504 in less than 5 s, %s', async (_, channel) => {
    const { gateway, answer, tookMs } = await ask(`http://127.0.0.1:${await silent()}`, channel);
    expect(answer.status).toBe(504);
    expect(tookMs).toBeLessThan(5_000);
    expect(await onlyLine(gateway)).toMatchObject({
      protocol: 'websocket',
      status: 504,
      outcome: 'platform_error',
      error_code: 'upstream_timeout',
    });
  });

  it('is not begun again where the platform resets each of many connections late', async () => {
    const { port } = cleanUp.closing(
      await startRawUpstream((connection) => void setTimeout(connection.reset, 1_500)),
    );
    const { answer, tookMs } = await ask(`http://127.0.0.1:${port}`, { max_retries: 10 });
    expect([502, 504]).toContain(answer.status);
    expect(tookMs).toBeLessThan(5_000);
  });
});

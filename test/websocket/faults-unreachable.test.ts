import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { CHANNEL_KEY, lives, onlyLine, startBefore } from '../e2e/faults/behind.ts';
import { fullPort } from '../e2e/faults/full-port.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { advanceUntil, createStoppableClock, type StoppableClock } from '../support/stoppable-clock.ts';
import { handshake } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** Voice SDKs give up after 5 s. */
const WITHIN_MS = 4_500;

/** An address at which something is wrong, and words that the error must have. */
type Unreachable = readonly [why: string, address: () => Promise<string>, reason: RegExp];

const silent = async (): Promise<number> => cleanUp.closing(await startRawUpstream(() => {})).port;

/** What is known without waiting. */
const FAILING: readonly Unreachable[] = [
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
];

const SILENT: readonly Unreachable[] = [
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

interface Asking {
  readonly channel?: Partial<Channel>;
  readonly clock?: StoppableClock;
  /** Without it no time passes: what fails has to fail at once. */
  readonly waits?: boolean;
}

/** Asks while the clock stands, and moves it on for as long as there is no answer. @returns also how long that was */
async function ask(url: string, { channel = {}, clock = createStoppableClock(), waits = true }: Asking = {}) {
  const gateway = await startBefore(cleanUp, url, channel, { clock });
  const client = await connectRaw(gateway.port);
  clock.stop();
  const startedMs = clock.monotonicMs();
  client.send(handshake());
  const answering = client.answer();
  if (waits) await advanceUntil(clock, answering);
  const answer = await answering;
  const tookMs = clock.monotonicMs() - startedMs;
  clock.run();
  return { gateway, client, answer, tookMs };
}

describe('a handshake with a platform that cannot be reached', () => {
  it.each([...FAILING, ...SILENT])(
    'gives 502 over HTTP within 4.5 s: it %s',
    async (why, address, reason) => {
      const waits = SILENT.some(([silent]) => silent === why);
      const { gateway, client, answer, tookMs } = await ask(await address(), { waits });
      expect(answer.status).toBe(502);
      expect(tookMs).toBeLessThanOrEqual(WITHIN_MS);
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
    },
  );

  it('gives 502 within 4.5 s also where it is tried again and again', async () => {
    const retrying = { connect_timeout: 2, max_retries: 10 };
    const { answer, tookMs } = await ask(`http://127.0.0.1:${await fullPort(cleanUp)}`, {
      channel: retrying,
    });
    expect(answer.status).toBe(502);
    expect(tookMs).toBeLessThanOrEqual(WITHIN_MS);
  });
});

describe('a handshake with a platform that connects and then is silent', () => {
  it.each([
    ['once', {}],
    ['also where timeouts are tried again', { max_retries: 5, retry_timeouts: true }],
  ])('gives 504 in less than 5 s, %s', async (_, channel) => {
    const { gateway, answer, tookMs } = await ask(`http://127.0.0.1:${await silent()}`, { channel });
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
    const clock = createStoppableClock();
    const { port } = cleanUp.closing(
      await startRawUpstream((connection) => void clock.after(1_500, connection.reset)),
    );
    const { answer, tookMs } = await ask(`http://127.0.0.1:${port}`, { channel: { max_retries: 10 }, clock });
    expect([502, 504]).toContain(answer.status);
    expect(tookMs).toBeLessThan(5_000);
  });
});

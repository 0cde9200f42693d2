import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import { CHANNEL_KEY, lives, onlyLine, sendChat, startBefore } from './faults/behind.ts';
import { fullPort } from './faults/full-port.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** All attempts to connect together; voice SDKs give up after 5 s. */
const WITHIN_MS = 4_500;

const deadlinePassed = (sinceMs: number): boolean => performance.now() - sinceMs > WITHIN_MS;

/** An address at which something is wrong, and words that the error must have. */
type Unreachable = readonly [why: string, address: () => Promise<string>, reason: RegExp];

const resetting = async (): Promise<string> =>
  cleanUp.closing(await startRawUpstream((connection) => connection.reset())).url;

const silent = async (): Promise<number> => cleanUp.closing(await startRawUpstream(() => {})).port;

const garbage = async (): Promise<number> =>
  cleanUp.closing(await startRawUpstream((connection) => connection.send('no TLS here\r\n\r\n'))).port;

const untrusted = async (): Promise<string> => cleanUp.closing(await startOpenAi({ tls: selfSigned() })).url;

const UNREACHABLE: readonly Unreachable[] = [
  ['refuses the connection', async () => `http://127.0.0.1:${await closedPort()}`, /refused/],
  ['has a name that does not resolve', async () => 'http://no-such-host.invalid', /name/],
  ['resets the connection', resetting, /reset|closed/],
  ['has a certificate nobody signed', untrusted, /certificate/],
  ['speaks no TLS', async () => `https://127.0.0.1:${await garbage()}`, /TLS/],
  ['refuses TLS connections', async () => `https://127.0.0.1:${await closedPort()}`, /refused/],
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

describe('a platform that cannot be reached', () => {
  it.each(UNREACHABLE)(
    'gives 502 within 4.5 s, without a word of keys: it %s',
    async (_, address, reason) => {
      const gateway = await startBefore(cleanUp, await address());
      const startedMs = performance.now();
      const answer = await (await sendChat(gateway)).answer();
      expect(deadlinePassed(startedMs)).toBe(false);
      expect(answer.status).toBe(502);
      expect(answer.header('x-aiproxy-error-source')).toBe('gateway');
      expect(JSON.parse(answer.body)).toMatchObject({
        error: { code: 'upstream_unreachable', message: expect.stringMatching(reason) },
      });
      expect(answer.body).not.toContain(CHANNEL_KEY);
      const line = {
        status: 502,
        outcome: 'platform_error',
        error_code: 'upstream_unreachable',
        user: 'ann',
        attempts: 1,
      };
      expect(await onlyLine(gateway)).toMatchObject({ ...line, channel: 'behind', tokens_in: null });
      expect(await lives(gateway)).toBe(true);
    },
  );

  it('gives 502 within 4.5 s also where it is tried again and again', async () => {
    const gateway = await startBefore(cleanUp, `http://127.0.0.1:${await fullPort(cleanUp)}`, {
      connect_timeout: 2,
      max_retries: 10,
    });
    const startedMs = performance.now();
    expect((await (await sendChat(gateway)).answer()).status).toBe(502);
    expect(deadlinePassed(startedMs)).toBe(false);
    expect((await onlyLine(gateway)).attempts).toBe(2);
  });

  it('is tried again as often as the channel says, and no request was sent twice', async () => {
    let connections = 0;
    const upstream = cleanUp.closing(
      await startRawUpstream((connection) => {
        connections += 1;
        connection.reset();
      }),
    );
    const gateway = await startBefore(cleanUp, upstream.url, { max_retries: 2 });
    expect((await (await sendChat(gateway)).answer()).status).toBe(502);
    expect((await onlyLine(gateway)).attempts).toBe(3);
    expect(connections).toBe(3);
  });
});

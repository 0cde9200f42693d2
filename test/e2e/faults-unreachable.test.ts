import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { closedPort } from '../support/closed-port.ts';
import type { RawClient } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { selfSigned } from '../support/self-signed.ts';
import { startOpenAi } from '../support/stand-ins/openai.ts';
import type { Gateway } from '../support/start-gateway.ts';
import { advanceUntil, createStoppableClock } from '../support/stoppable-clock.ts';
import { CHANNEL_KEY, lives, onlyLine, sendChat, startBefore } from './faults/behind.ts';
import { fullPort } from './faults/full-port.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** All attempts to connect together; voice SDKs give up after 5 s. */
const WITHIN_MS = 4_500;

/** An address at which something is wrong, and words that the error must have. */
type Unreachable = readonly [why: string, address: () => Promise<string>, reason: RegExp];

const resetting = async (): Promise<string> =>
  cleanUp.closing(await startRawUpstream((connection) => connection.reset())).url;

const silent = async (): Promise<number> => cleanUp.closing(await startRawUpstream(() => {})).port;

const garbage = async (): Promise<number> =>
  cleanUp.closing(await startRawUpstream((connection) => connection.send('no TLS here\r\n\r\n'))).port;

const untrusted = async (): Promise<string> => cleanUp.closing(await startOpenAi({ tls: selfSigned() })).url;

/** What is known without waiting. */
const FAILING: readonly Unreachable[] = [
  ['refuses the connection', async () => `http://127.0.0.1:${await closedPort()}`, /refused/],
  ['has a name that does not resolve', async () => 'http://no-such-host.invalid', /name/],
  ['resets the connection', resetting, /reset|closed/],
  ['has a certificate nobody signed', untrusted, /certificate/],
  ['speaks no TLS', async () => `https://127.0.0.1:${await garbage()}`, /TLS/],
  ['refuses TLS connections', async () => `https://127.0.0.1:${await closedPort()}`, /refused/],
];

const SILENT: readonly (readonly [why: string, address: () => Promise<string>])[] = [
  ['does not answer to connect', async () => `http://127.0.0.1:${await fullPort(cleanUp)}`],
  ['never finishes its TLS handshake', async () => `https://127.0.0.1:${await silent()}`],
];

/** What everybody gets and what is recorded, also of what a platform would have been told. */
async function expectUnreachable(gateway: Gateway, client: RawClient, reason: RegExp): Promise<void> {
  const answer = await client.answer();
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
}

describe('a platform that cannot be reached', () => {
  it.each(FAILING)('gives 502 without a word of keys: it %s', async (_, address, reason) => {
    const gateway = await startBefore(cleanUp, await address());
    await expectUnreachable(gateway, await sendChat(gateway), reason);
  });

  it.each(SILENT)('gives 502 after 4.5 s, without a word of keys: it %s', async (_, address) => {
    const clock = createStoppableClock();
    const gateway = await startBefore(cleanUp, await address(), {}, { clock });
    clock.stop();
    const client = await sendChat(gateway);
    await expect.poll(() => clock.delays.some((ms) => ms > 1_000 && ms <= WITHIN_MS)).toBe(true);
    clock.advance(WITHIN_MS);
    clock.run();
    await expectUnreachable(gateway, client, /no answer to connect/);
  });

  it('gives 502 within 4.5 s also where it is tried again and again', async () => {
    const clock = createStoppableClock();
    const address = `http://127.0.0.1:${await fullPort(cleanUp)}`;
    const gateway = await startBefore(cleanUp, address, { connect_timeout: 2, max_retries: 10 }, { clock });
    clock.stop();
    const client = await sendChat(gateway);
    const asked = clock.monotonicMs();
    const answer = client.answer();
    await advanceUntil(clock, answer);
    expect(clock.monotonicMs() - asked).toBeLessThanOrEqual(WITHIN_MS);
    clock.run();
    expect((await answer).status).toBe(502);
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

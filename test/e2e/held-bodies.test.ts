import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/adapters/system-clock.ts';
import type { Clock } from '../../src-main/core/ports.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { aChannel, aDocument, aKey, aUser } from '../support/document-fixtures.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { LENIENT_USAGE, startLenientPlatform } from '../support/lenient-platform.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';
import { startGateway } from '../support/start-gateway.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const MIB = 1024 * 1024;
const STREAM = '{"model":"cheap","stream":true,"messages":[]';

async function setUp(clock: Clock = systemClock) {
  const platform = cleanUp.closing(await startLenientPlatform());
  const gateway = cleanUp.closing(
    await startGateway(
      aDocument({
        users: { ann: aUser(), bob: aUser() },
        proxy_keys: {
          ann: aKey('ann', 'pk-ann', { models: ['cheap'] }),
          free: aKey('bob', 'pk-bob'),
          some: aKey('bob', 'pk-bob-some', { models: ['cheap'] }),
        },
        channels: { only: aChannel('openai_compatible', platform.url, 'channel-key') },
      }),
      { clock },
    ),
  );
  /** Bytes that the gateway holds, by its own metric. */
  const held = async (): Promise<number> => {
    const text = await (await fetch(`${gateway.proxyUrl}/metrics`)).text();
    return Number(/^aiproxy_held_body_bytes (\d+)/m.exec(text)?.[1] ?? Number.NaN);
  };
  const begin = async (length: number, sent: Uint8Array): Promise<RawClient> => {
    const client = await connectRaw(gateway.port);
    cleanUp.add(() => client.reset());
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer pk-ann\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    client.send(head);
    if (sent.length > 0) client.send(sent);
    return client;
  };
  const ask = async (key: string, bytes: number) =>
    (
      await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: `${STREAM},"pad":"${'x'.repeat(bytes)}"}`,
      })
    ).status;
  return { platform, gateway, held, begin, ask };
}

/** Asks again until it is so: what is awaited comes by itself. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

describe('the memory for bodies', () => {
  it('is shared: unfinished large bodies of one user take nothing from another', async () => {
    const clock = createFakeClock();
    const { gateway, held, begin, ask } = await setUp(clock);
    const most = new Uint8Array(32 * MIB - 1).fill(0x20);
    const clients = await Promise.all(Array.from({ length: 16 }, () => begin(32 * MIB, most)));
    await until(async () => (await held()) >= 192 * MIB);
    expect(await held()).toBeLessThan(200 * MIB);
    for (const key of ['pk-bob', 'pk-bob-some'])
      for (const bytes of [100, 3 * MIB]) expect(await ask(key, bytes)).toBe(200);
    // The log is written by this clock too.
    await clock.advanceAsync(1_000);
    for (const line of await gateway.lines(4))
      expect(line).toMatchObject({ user: 'bob', model: 'cheap', ...LENIENT_USAGE });
    // Whoever waits for memory waits for ten seconds.
    await clock.advanceAsync(10_000);
    const answer = await Promise.race(clients.map((client) => client.answer()));
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([503, 'overloaded']);
  });

  it('is shared: what one user only announces takes nothing from another', async () => {
    const { held, begin, ask } = await setUp();
    await Promise.all(Array.from({ length: 40 }, () => begin(32 * MIB, Buffer.from('{'))));
    await until(async () => (await held()) >= 192 * MIB);
    for (const key of ['pk-bob', 'pk-bob-some'])
      for (const bytes of [100, 3 * MIB]) expect(await ask(key, bytes)).toBe(200);
  });

  it.each([
    ['small', 150, MIB - 1024],
    ['large', 14, 32 * MIB],
  ])(
    'takes in more %s bodies than fit in at once, though all of them arrive halfway first',
    async (_, count, size) => {
      const { begin, held } = await setUp(createFakeClock());
      const body = Buffer.from(`${STREAM}}`.padEnd(size));
      const half = body.subarray(0, size / 2);
      const clients = await Promise.all(Array.from({ length: count }, () => begin(size, half)));
      await until(async () => (await held()) >= (size > MIB ? 192 : 64) * MIB);
      for (const client of clients) client.send(body.subarray(size / 2));
      const answers = await Promise.all(clients.map((client) => client.answer()));
      expect(answers.map(({ status }) => status)).toEqual(clients.map(() => 200));
      expect(await held()).toBe(0);
    },
  );

  it.each([100, 3 * MIB])(
    'is taken by a body of %i bytes that does not tell its length, as long as it is held',
    async (size) => {
      const { gateway, held } = await setUp();
      const init = {
        method: 'POST',
        headers: { authorization: 'Bearer pk-ann', 'content-type': 'application/json' },
        body: new Blob([`${STREAM},"pad":"${'x'.repeat(size)}"}`]).stream(),
        duplex: 'half',
      };
      const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, init);
      expect([answer.status, await held()]).toEqual([200, 0]);
      await answer.text();
    },
  );
});

describe('a body that is longer than may be held', () => {
  it.each([
    ['padding behind it', (pad: string) => `${STREAM}}${pad}`],
    ['padding in it', (pad: string) => `${STREAM}${pad}}`],
    ['its stream behind a long text', (pad: string) => `{"model":"cheap","pad":"${pad}","stream":true}`],
  ])('is counted, and goes on but for what asks for its usage: %s', async (_, write) => {
    const { platform, gateway } = await setUp();
    const body = write(' '.repeat(33 * MIB));
    const answer = await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk-bob', 'content-type': 'application/json' },
      body,
    });
    expect(await answer.text()).not.toContain('prompt_tokens');
    expect((await gateway.lines(1))[0]).toMatchObject({ model: 'cheap', ...LENIENT_USAGE });
    const asked = ',"stream_options":{"include_usage":true}';
    const seen = String(platform.seen[0]?.body);
    expect(seen.replace(asked, '') === body).toBe(true);
    expect(JSON.parse(seen)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('goes on byte for byte where there is nothing to ask for', async () => {
    const { platform, gateway } = await setUp();
    const body = `{"model":"cheap","pad":"${' '.repeat(33 * MIB)}"}`;
    await fetch(`${gateway.proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk-bob', 'content-type': 'application/json' },
      body,
    });
    expect(String(platform.seen[0]?.body) === body).toBe(true);
  });
});

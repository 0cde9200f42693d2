import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src-main/contract/document.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { aChannel } from '../../support/document-fixtures.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { startRawUpstream } from '../../support/raw-upstream.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { probing } from './probing.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const KEY_TEXT = 'channel-key-of-test';

/** A channel to a platform that answers its first request with these bytes. */
async function answers(answer: string | readonly string[]): Promise<Channel> {
  const raw = cleanUp.closing(
    await startRawUpstream(async (connection) => {
      await connection.request();
      for (const piece of [answer].flat()) connection.send(piece);
      connection.end();
    }),
  );
  return aChannel('openai', raw.url, KEY_TEXT);
}
const http = (status: number, body: string, ...headers: readonly string[]) =>
  [`HTTP/1.1 ${status} x`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n');

describe('a platform that misbehaves', () => {
  it('by saying nothing is given up after 10 seconds', async () => {
    const raw = cleanUp.closing(await startRawUpstream(() => undefined));
    const clock = createFakeClock();
    const result = probing({}, clock).test('c', aChannel('openai', raw.url, 'channel-key-of-test'), null);
    while (raw.connections[0]?.received.includes('\r\n\r\n') !== true) await clock.advanceAsync(0);
    clock.advance(9_999);
    const first = await Promise.race([result, Promise.resolve('still waiting')]);
    expect(first).toBe('still waiting');
    clock.advance(1);
    expect(await result).toEqual({
      ok: false,
      request: 'GET /v1/models',
      status: null,
      latency_ms: 10_000,
      message: 'the platform did not answer within 10 s',
    });
    expect(await raw.connections[0]?.closed).toBeDefined();
  });

  it('by an endless answer is left after 1 MiB', async () => {
    const channel = await answers([
      'HTTP/1.1 200 OK\r\n\r\n',
      ...Array<string>(20).fill('x'.repeat(100_000)),
    ]);
    expect(await probing().test('c', channel, null)).toMatchObject({
      ok: false,
      status: 200,
      message: 'the platform answered with more than 1 MiB',
    });
  });

  it.each([
    ['a page', http(200, '<html>Welcome</html>')],
    ['another JSON', http(200, '{"data":[1]}')],
    ['nothing', http(204, '')],
  ])('by %s where a list was asked for does not pass', async (_, answer) => {
    const channel = await answers(answer);
    expect(await probing().test('c', channel, null)).toMatchObject({
      ok: false,
      message: 'something answered, but not in the form of this platform',
    });
    await expect(probing().models('c', await answers(answer))).rejects.toMatchObject({
      code: 'upstream_protocol_error',
    });
  });

  it('by an error in an answer of 200 is quoted', async () => {
    const channel = await answers(http(200, '{"code":"1001","msg":"account in arrears"}'));
    expect(await probing().test('c', channel, 'm')).toMatchObject({ ok: true });
    const other = await answers(http(200, '{"error":{"message":"account in arrears"}}'));
    expect(await probing().test('c', other, 'm')).toMatchObject({ ok: false, message: 'account in arrears' });
  });

  it('by redirecting gets no key elsewhere', async () => {
    const elsewhere = cleanUp.closing(await startOpenAi());
    const channel = await answers(http(302, '', `Location: ${elsewhere.url}/v1/models`));
    const { ok, message } = await probing().test('c', channel, null);
    expect([ok, message]).toEqual([
      false,
      `the platform redirects to ${elsewhere.url}/v1/models, where keys are not sent`,
    ]);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('a platform that tells the key it was shown', () => {
  it.each([
    ['JSON', JSON.stringify({ error: { message: `Wrong key ${KEY_TEXT}.` } })],
    ['plain text', `Wrong key ${KEY_TEXT} ${encodeURIComponent(KEY_TEXT)}`],
    ['a text that ends within it', `${'x'.repeat(490)}${KEY_TEXT}`],
    [
      'a long message that ends within it',
      JSON.stringify({ error: { message: `${'x'.repeat(490)}${KEY_TEXT}` } }),
    ],
    ['a very long text', KEY_TEXT.repeat(10_000)],
  ])('in %s does not get it told on', async (_, body) => {
    const { message } = await probing().test('c', await answers(http(401, body)), null);
    expect(message.length).toBeLessThanOrEqual(500);
    expect(message).not.toContain('channel-key');
    expect(message).not.toContain('key-of-test'.slice(0, 7));
  });

  it('as the name of a model does not get it told on, nor names that are none', async () => {
    const names = [KEY_TEXT, `x-${KEY_TEXT}`, 'b', 'a', 'b', 'x'.repeat(300), 'line\nbreak', ''];
    const list = JSON.stringify({ data: names.map((id) => ({ id })) });
    expect(await probing().models('c', await answers(http(200, list)))).toEqual([
      '***test',
      'a',
      'b',
      'x-***test',
    ]);
  });

  it('or a secret out of a header does not get it told on', async () => {
    const channel = await answers(http(400, 'your token tenant-secret-12345 is old'));
    const headers = { 'X-Tenant-Token': 'tenant-secret-12345' };
    expect((await probing().test('c', { ...channel, headers }, null)).message).toBe(
      'your token ***2345 is old',
    );
  });
});

import { afterEach, describe, expect, it, test } from 'vitest';
import { KEY, startFront } from '../../security/front.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { closedPort } from '../../support/closed-port.ts';
import { aChannel } from '../../support/document-fixtures.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { startOpenAi } from '../../support/stand-ins/openai.ts';
import { probing } from './probing.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

describe('a channel to a central key service', () => {
  it('is tested with its Proxy-Key', async () => {
    const { gateway, standIn } = await startFront(cleanUp);
    const channel = aChannel('aiproxy', gateway.proxyUrl, KEY);
    expect(await probing().test('c', channel, null)).toMatchObject({ ok: true, status: 200 });
    expect((await probing().test('c', { ...channel, api_key: 'pk-of-nobody' }, null)).message).toMatch(
      /key/i,
    );
    expect(standIn.requests).toHaveLength(1);
  });
});

describe('a test of a channel', () => {
  it('follows its rewriting, its headers and the prefix of its address', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const members = {
      path_rewrite: { '/v1/models': '/elsewhere' },
      headers: { 'X-Team': 'one' },
      host: 'named.test',
    };
    const channel = aChannel('openai', `${standIn.url}/team`, standIn.apiKey, members);
    expect(await probing().test('c', channel, null)).toMatchObject({
      ok: false,
      status: 404,
      request: 'GET /team/elsewhere',
    });
    const [seen] = standIn.requests;
    expect([seen?.path, seen?.header('x-team'), seen?.header('host')]).toEqual([
      '/team/elsewhere',
      ['one'],
      ['named.test'],
    ]);
  });

  it('works for a disabled one, and for a key in the environment', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const channel = aChannel('openai', standIn.url, 'env:ITS_KEY', { status: 'disabled' });
    expect((await probing({ ITS_KEY: standIn.apiKey }).test('c', channel, null)).ok).toBe(true);
    expect(await probing().test('c', channel, null)).toEqual({
      ok: false,
      request: null,
      status: null,
      latency_ms: 0,
      message: expect.stringContaining('ITS_KEY'),
    });
  });

  it('tries each of several keys, and tells them by their last characters', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const { api_key: _, ...channel } = aChannel('openai', standIn.url, '');
    const api_keys = [standIn.apiKey, 'wrong-key-number-two'];
    const result = await probing().test('c', { ...channel, api_keys }, null);
    expect(result).toMatchObject({ ok: false, status: 401 });
    expect(result.keys).toEqual([
      {
        key: `***${standIn.apiKey.slice(-4)}`,
        ok: true,
        status: 200,
        message: 'the platform lists 2 models',
      },
      { key: '***-two', ok: false, status: 401, message: 'Incorrect API key provided.' },
    ]);
  });

  it('asks a model the channel names where the platform has no list', async () => {
    const standIn = cleanUp.closing(await startOpenAi());
    const members = { path_rewrite: { '/v1/models': '/none' }, models: ['gpt-*', 'gpt-stand-in'] };
    const result = await probing().test('c', aChannel('openai', standIn.url, standIn.apiKey, members), null);
    expect(result).toMatchObject({
      ok: true,
      request: 'POST /v1/chat/completions',
      message: 'the model gpt-stand-in answered',
    });
  });
});

describe('a channel that cannot be reached', () => {
  test.each([
    [
      'a port where nobody listens',
      async () => `http://127.0.0.1:${await closedPort()}`,
      {},
      /connection refused/,
    ],
    ['a name that does not exist', async () => 'http://nothing.invalid', {}, /name not found|name resolver/],
    [
      'a private address that is not allowed',
      async () => 'http://127.0.0.1:1',
      { allow_private: false },
      /not allowed/,
    ],
    ['a metadata address', async () => 'http://169.254.169.254', {}, /never allowed/],
    ['a file', async () => 'file:///etc/passwd', {}, /http: or https:/],
    ['no address', async () => 'nonsense', {}, /no URL/],
  ])('is told of in plain words where its address is %s', async (_, url, members, words) => {
    const channel = aChannel('openai', await url(), 'channel-key-of-test', members);
    expect(await probing().test('c', channel, null)).toMatchObject({
      ok: false,
      status: null,
      message: expect.stringMatching(words),
    });
  });

  it('is told of where its certificate is not trusted', async () => {
    const standIn = cleanUp.closing(await startOpenAi({ tls: selfSigned() }));
    const result = await probing().test('c', aChannel('openai', standIn.url, standIn.apiKey), null);
    expect(result).toMatchObject({
      ok: false,
      status: null,
      message: expect.stringContaining('its certificate is self-signed'),
    });
    expect(standIn.requests).toHaveLength(0);
  });

  it('is told of where its platform is none', async () => {
    expect(await probing().test('c', aChannel('opnai', 'http://127.0.0.1:1', 'k'), null)).toMatchObject({
      ok: false,
      message: 'unknown platform opnai',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { imported } from '../support/imported-legacy.ts';

function channel(value: object) {
  const { document, messages, invalid } = imported({ 'x.json': { channels: { c: value } } });
  expect(invalid).toEqual([]);
  return { channel: document.channels.c, messages };
}

describe('a channel of the older files', () => {
  it.each([
    ['https://dashscope.aliyuncs.com', 'dashscope'],
    ['https://api.openai.com/v1', 'openai'],
    ['https://api.anthropic.com', 'anthropic'],
    ['https://generativelanguage.googleapis.com', 'gemini'],
    ['https://ai.example.test', 'custom'],
  ])('at %s is recognised as %s', (base_url, platform) => {
    expect(channel({ api_key: 'k', base_url }).channel?.platform).toBe(platform);
  });

  it('keeps the platform it names, its host, timeouts and order', () => {
    const value = {
      api_key: 'k',
      base_url: 'https://x.test',
      host: 'y.test',
      timeout: 30,
      max_retries: 3,
      priority: 1,
    };
    expect(channel({ ...value, platform: 'openai' }).channel).toEqual({ ...value, platform: 'openai' });
  });

  it.each(['wss://x.test/ws', 'https://x.test/ws'])('means the same by websocket_url %s', (websocket_url) => {
    expect(channel({ api_key: 'k', base_url: 'https://x.test', websocket_url }).channel?.websocket_url).toBe(
      'wss://x.test/ws',
    );
  });

  it('means the same by ws:// and http://', () => {
    const at = (websocket_url: string) =>
      channel({ api_key: 'k', base_url: 'https://x.test', websocket_url }).channel;
    expect(at('http://x.test/ws')).toEqual(at('ws://x.test/ws'));
  });

  it('gets the scheme its ssl says where the address has none', () => {
    expect(channel({ api_key: 'k', base_url: 'x.test', ssl: true }).channel?.base_url).toBe('https://x.test');
    expect(channel({ api_key: 'k', base_url: 'x.test', ssl: false }).channel?.base_url).toBe('http://x.test');
  });

  it.each(['http://127.0.0.1:9', 'http://localhost:9', 'http://10.0.0.3'])(
    'at %s may be private, with a warning',
    (base_url) => {
      const { channel: made, messages } = channel({ api_key: 'k', base_url });
      expect(made?.allow_private).toBe(true);
      expect(messages).toEqual([expect.stringContaining('allow_private: true was set')]);
    },
  );

  it('at a metadata address stays forbidden', () => {
    expect(channel({ api_key: 'k', base_url: 'http://169.254.169.254' }).channel).not.toHaveProperty(
      'allow_private',
    );
  });

  it('warns of a rewrite that sends one dialect to the path of another', () => {
    const across = { '/v1/chat/completions': '/v1beta/models/g:generateContent', '/a': '/b' };
    const { channel: made, messages } = channel({
      api_key: 'k',
      base_url: 'https://x.test',
      path_rewrite: across,
    });
    expect(made?.path_rewrite).toEqual(across);
    expect(messages).toEqual([expect.stringContaining('carries a body of OpenAI')]);
    const within = { '/v1/chat/completions': '/compatible-mode/v1/chat/completions' };
    expect(channel({ api_key: 'k', base_url: 'https://x.test', path_rewrite: within }).messages).toEqual([]);
  });

  it('has paths that begin with a slash', () => {
    const value = { api_key: 'k', base_url: 'https://x.test', websocket_endpoints: { ws: '/api-ws' } };
    const { channel: made, messages } = channel(value);
    expect(made?.websocket_endpoints).toEqual({ '/ws': '/api-ws' });
    expect(messages).toEqual([expect.stringContaining('"ws" is read as "/ws"')]);
  });

  it('without an API key is taken over with a warning', () => {
    expect(channel({ api_key: '', base_url: 'https://x.test', host: null }).messages).toEqual([
      'warning channels.c.api_key: channel "c": the channel has no API key',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src-main/contract/document.ts';
import { classify } from '../../src-main/core/classify.ts';
import { isCompatiblePath, upstreamPath } from '../../src-main/core/upstream-path.ts';
import { snapshotOf } from './snapshot-of.ts';

interface Asked {
  readonly query?: string;
  readonly model?: string;
}

function pathAt(platform: string, path: string, members: Partial<Channel> = {}, asked: Asked = {}): string {
  const { channels } = snapshotOf({ channels: { c: { platform, base_url: 'https://x.test', ...members } } });
  const channel = channels.get('c');
  if (channel === undefined) throw new Error('the channel is not there');
  const operation = classify(path, null);
  const { query = '', model = operation.model } = asked;
  return upstreamPath({
    channel,
    operation,
    path,
    query,
    model,
    isCredential: (value) => value === 'pk',
    sought: null,
  });
}

const CHAT = '/v1/chat/completions';

describe('the path at the platform', () => {
  it.each([
    ['openai', CHAT, {}, CHAT],
    ['openai', '/chat/completions', {}, CHAT],
    ['openai', CHAT, { base_url: 'https://x.test/v1' }, CHAT],
    ['openai_compatible', CHAT, { base_url: 'https://x.test/api/v3' }, '/api/v3/chat/completions'],
    ['dashscope', CHAT, {}, '/compatible-mode/v1/chat/completions'],
    [
      'dashscope',
      CHAT,
      { base_url: 'https://x.test/compatible-mode/v1' },
      '/compatible-mode/v1/chat/completions',
    ],
    ['dashscope', '/api/v1/tasks/t', {}, '/api/v1/tasks/t'],
    ['gemini', CHAT, { base_url: 'https://x.test/gate' }, '/gate/v1beta/openai/chat/completions'],
    ['anthropic', '/v1/v1/messages', {}, '/v1/messages'],
    ['anthropic', CHAT, {}, CHAT],
    ['custom', '/any/%2Fthing', { base_url: 'https://x.test/gate/' }, '/gate/any/%2Fthing'],
  ] as const)('is its own place for it: %s %s', (platform, path, members, expected) => {
    expect(pathAt(platform, path, members)).toBe(expected);
  });

  it('is an exact path_rewrite before anything else, by either spelling', () => {
    const members = { path_rewrite: { [CHAT]: '/special?x=1', '/native': '/other' } };
    expect(pathAt('dashscope', CHAT, members)).toBe('/special?x=1');
    expect(pathAt('dashscope', '/chat/completions', members)).toBe('/special?x=1');
    expect(pathAt('dashscope', CHAT, members, { query: 'y=2' })).toBe('/special?x=1&y=2');
    expect(pathAt('custom', '/native', members)).toBe('/other');
    expect(pathAt('custom', '/native/more', members)).toBe('/native/more');
  });

  it('names the mapped model where a native path names one', () => {
    const native = '/v1beta/models/asked:generateContent';
    expect(pathAt('gemini', native, {}, { model: 'real/1' })).toBe('/v1beta/models/real%2F1:generateContent');
    expect(pathAt('gemini', native)).toBe(native);
    expect(pathAt('azure', '/openai/deployments/a/embeddings', {}, { model: 'b' })).toMatch(
      /^\/openai\/deployments\/b\/embeddings\?/,
    );
  });
});

describe('the query at the platform', () => {
  it.each([
    ['openai', 'a=1&key=pk&b=%zz', 'a=1&b=%zz'],
    ['openai', 'key=mine', 'key=mine'],
    ['azure', '', 'api-version=2024-10-21'],
    ['azure', 'api-version=mine&key=pk', 'api-version=mine'],
    ['azure', 'x=1', 'x=1&api-version=2024-10-21'],
  ])(
    "is the client's without its key, and with what the platform needs: %s ?%s",
    (platform, query, expected) => {
      expect(pathAt(platform, CHAT, {}, { query, model: 'm' }).split('?')[1] ?? '').toBe(expected);
    },
  );

  it('is left out where nothing remains', () => {
    expect(pathAt('openai', CHAT, {}, { query: 'key=pk' })).toBe(CHAT);
  });
});

it('a compatible path is one behind /openai/', () => {
  expect([isCompatiblePath('/v1beta/openai/models'), isCompatiblePath('/v1beta/models')]).toEqual([
    true,
    false,
  ]);
});

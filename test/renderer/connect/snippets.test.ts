import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { channelFor, isFitting } from '../../../src-renderer/features/connect/fitting-channel.ts';
import { FORMS, snippetOf, TOOLS } from '../../../src-renderer/features/connect/snippets/snippet.ts';

const FACTS = {
  url: 'http://127.0.0.1:8001',
  key: 'pk-of-ann',
  model: 'gpt-stand-in',
  platform: 'openai',
};

const all = TOOLS.flatMap((tool) => FORMS[tool].map((form) => [tool, form] as const));

describe('a snippet', () => {
  test.each(all)('for %s in %s holds address and key', (tool, form) => {
    const text = snippetOf(tool, form, FACTS);
    expect(text).toContain('127.0.0.1:8001');
    expect(text).toContain('pk-of-ann');
  });

  test.each(all.filter(([, form]) => form === 'python'))(
    'for %s in Python is Python, whatever the key',
    (tool) => {
      const text = snippetOf(tool, 'python', { ...FACTS, key: `it's "odd" \\ 世界` });
      const parse = 'import ast, sys; ast.parse(sys.stdin.read())';
      expect(spawnSync('python3', ['-c', parse], { input: text ?? '', encoding: 'utf8' }).stderr).toBe('');
    },
  );

  test('names DashScope’s two addresses', () => {
    const text = snippetOf('dashscope', 'python', FACTS);
    expect(text).toContain('dashscope.base_http_api_url = "http://127.0.0.1:8001/api/v1"');
    expect(text).toContain('dashscope.base_websocket_api_url = "ws://127.0.0.1:8001/api-ws/v1/inference"');
    expect(snippetOf('dashscope', 'posix', FACTS)?.split('\n')).toContain(
      "export DASHSCOPE_WEBSOCKET_BASE_URL='ws://127.0.0.1:8001/api-ws/v1/inference'",
    );
  });

  test('is not written where the shell cannot carry the key', () => {
    expect(snippetOf('environment', 'cmd', { ...FACTS, key: 'pk-%PATH%' })).toBe(null);
    expect(snippetOf('environment', 'powershell', { ...FACTS, key: 'pk-%PATH%' })).toContain("'pk-%PATH%'");
  });

  test('for curl speaks the language of the channel that answers', () => {
    expect(snippetOf('curl', 'posix', FACTS)).toContain('/v1/chat/completions');
    const anthropic = snippetOf('curl', 'posix', { ...FACTS, platform: 'anthropic' });
    expect(anthropic).toMatch(/\/v1\/messages[\s\S]*anthropic-version/);
  });
});

describe('the channel of a tool', () => {
  const channels = [
    { id: 'a', platform: 'anthropic', models: [] },
    { id: 'o', platform: 'openai', models: [] },
    { id: 'd', platform: 'dashscope', models: [] },
  ];

  test.each([
    ['openai', 'o'],
    ['anthropic', 'a'],
    ['dashscope', 'd'],
    ['gemini', undefined],
    ['curl', 'a'],
  ] as const)('for %s is %s', (tool, id) => {
    expect(channelFor(tool, channels, '')?.id).toBe(id);
  });

  test('is the one that was chosen, fitting or not', () => {
    expect(channelFor('gemini', channels, 'o')?.id).toBe('o');
    expect([isFitting('gemini', 'openai'), isFitting('gemini', 'aiproxy')]).toEqual([false, true]);
  });
});

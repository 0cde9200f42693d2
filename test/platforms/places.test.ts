import { describe, expect, it } from 'vitest';
import { classify } from '../../src-main/core/classify.ts';
import { platformFacts } from '../../src-main/core/platform-facts.ts';
import { PLATFORMS, platformNames, platformOf } from '../../src-main/platforms/registry.ts';

function platform(name: string) {
  const found = platformOf(name);
  if (found === undefined) throw new Error(`no platform ${name}`);
  return found;
}

const placeOf = (name: string, path: string, model: string | null = 'm 1'): string | null =>
  platform(name).place(classify(path, null), { model });

const CHAT = '/v1/chat/completions';

const PLACES: readonly (readonly [string, string, string | null])[] = [
  ['openai', CHAT, CHAT],
  ['openai', '/chat/completions', CHAT],
  ['openai_compatible', '/v1/embeddings', '/v1/embeddings'],
  ['ollama', CHAT, CHAT],
  ['aiproxy', '/v1/files/f', '/v1/files/f'],
  ['custom', CHAT, CHAT],
  ['dashscope', CHAT, '/compatible-mode/v1/chat/completions'],
  ['dashscope', '/models', '/compatible-mode/v1/models'],
  ['dashscope', '/v1/messages', null],
  ['gemini', CHAT, '/v1beta/openai/chat/completions'],
  ['gemini', '/v1/models/m', '/v1beta/openai/models/m'],
  ['gemini', '/v1/responses', null],
  ['gemini', '/v1/messages', null],
  ['anthropic', '/v1/messages', '/v1/messages'],
  ['anthropic', '/v1/v1/messages', '/v1/messages'],
  ['anthropic', CHAT, null],
  ['azure', CHAT, '/openai/deployments/m%201/chat/completions'],
  ['azure', '/v1/audio/transcriptions', '/openai/deployments/m%201/audio/transcriptions'],
  ['azure', '/v1/responses', '/openai/v1/responses'],
  ['azure', '/v1/models', '/openai/v1/models'],
];

const CREDENTIALS: readonly (readonly [string, string, string])[] = [
  ['openai', 'authorization', 'Bearer secret'],
  ['openai_compatible', 'authorization', 'Bearer secret'],
  ['ollama', 'authorization', 'Bearer secret'],
  ['aiproxy', 'authorization', 'Bearer secret'],
  ['custom', 'authorization', 'Bearer secret'],
  ['dashscope', 'authorization', 'Bearer secret'],
  ['anthropic', 'x-api-key', 'secret'],
  ['gemini', 'x-goog-api-key', 'secret'],
  ['azure', 'api-key', 'secret'],
];

const OWNED: readonly (readonly [string, string, boolean])[] = [
  ['anthropic', '/v1/messages', true],
  ['anthropic', '/v1/messages/batches', true],
  ['anthropic', '/v1/messagesx', false],
  ['anthropic', '/v1/models', false],
  ['gemini', '/v1beta/models/m:generateContent', true],
  ['gemini', '/v1alpha/x', true],
  ['gemini', '/upload/v1beta/files', true],
  ['gemini', '/download/v1/files/f', true],
  ['gemini', '/v1/models/m:generateContent', true],
  ['gemini', '/v1/models/m', false],
  ['gemini', '/ws/google.ai.generativelanguage.x', true],
  ['dashscope', '/compatible-mode/v1/chat/completions', true],
  ['dashscope', '/api/v1/services/aigc/x/y', true],
  ['dashscope', '/api/v1/tasks/t', true],
  ['dashscope', '/api-ws/v1/inference', true],
  ['dashscope', '/api/chat', false],
  ['azure', '/openai/deployments/d/chat/completions', true],
  ['azure', '/openaix', false],
  ['ollama', '/api/chat', true],
  ['ollama', '/api/blobs/sha256:x', true],
  ['ollama', '/api/v1/x', false],
  ['openai', CHAT, false],
  ['custom', '/anything', false],
];

describe('a platform', () => {
  it.each(PLACES)('has its own place for a canonical path: %s %s', (name, path, place) => {
    expect(placeOf(name, path)).toBe(place);
  });

  it.each(CREDENTIALS)('takes its key where it looks for it: %s', (name, header, value) => {
    expect(platform(name).credential('secret')).toEqual([header, value]);
  });

  it.each(OWNED)('owns its native paths and no others: %s %s %s', (name, path, owned) => {
    expect(platform(name).ownsPath(path)).toBe(owned);
  });

  it('needs the model for its place where deployments are named after it', () => {
    expect(placeOf('azure', CHAT, null)).toBeNull();
    expect(platform('azure').modelInPath).toBe(true);
  });

  it("takes a bearer on Gemini's compatible paths", () => {
    expect(platform('gemini').compatibleCredential?.('secret')).toEqual(['authorization', 'Bearer secret']);
  });
});

describe("Azure's api-version", () => {
  const query = (path: string, settings?: Record<string, unknown>) =>
    platform('azure').query?.({
      channel: { platform: 'azure', ...(settings && { settings }) },
      path,
      model: null,
    });

  it('is the newest general one, or what the channel says, and is not for the v1 surface', () => {
    expect(query('/openai/deployments/d/x')).toEqual([['api-version', '2024-10-21']]);
    expect(query('/openai/deployments/d/x', { api_version: '2025-01-01-preview' })).toEqual([
      ['api-version', '2025-01-01-preview'],
    ]);
    expect(query('/openai/v1/responses')).toEqual([]);
  });
});

describe('the registry', () => {
  it.each([
    ['google', 'gemini'],
    ['azure_openai', 'azure'],
    ['aliyun', 'dashscope'],
    ['openai-compatible', 'openai_compatible'],
  ])('knows %s as %s', (alias, id) => expect(platform(alias).id).toBe(id));

  it('has one meaning for each name, and none for names of JavaScript', () => {
    expect(new Set(platformNames()).size).toBe(platformNames().length);
    expect([platformOf('__proto__'), platformOf('constructor'), platformOf('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['api.openai.com', 'openai'],
    ['eu.api.openai.com', 'openai'],
    ['api.anthropic.com', 'anthropic'],
    ['api.moonshot.ai', 'openai_compatible'],
    ['my.openai.azure.com', 'azure'],
    ['dashscope-intl.aliyuncs.com', 'dashscope'],
    ['generativelanguage.googleapis.com', 'gemini'],
    ['api.deepseek.com', 'openai_compatible'],
    ['api.openai.com.evil.test', 'custom'],
    ['notapi.openai.com.test', 'custom'],
    ['localhost', 'custom'],
  ])('recognises %s as %s', (host, id) => expect(platformFacts(PLATFORMS).recognisePlatform(host)).toBe(id));
});

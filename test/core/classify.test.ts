import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src-main/core/classify.ts';
import { rounds } from '../support/long-run.ts';

const CANONICAL = [
  ['/v1/chat/completions', 'openai', 'chat', '/v1/chat/completions'],
  ['/chat/completions', 'openai', 'chat', '/v1/chat/completions'],
  ['/v1/v1/chat/completions', 'openai', 'chat', '/v1/chat/completions'],
  ['/v1/completions', 'openai', 'completions', '/v1/completions'],
  ['/v1/responses', 'openai', 'responses', '/v1/responses'],
  ['/embeddings', 'openai', 'embeddings', '/v1/embeddings'],
  ['/v1/models', 'openai', 'models', '/v1/models'],
  ['/v1/images/generations', 'openai', 'image', '/v1/images/generations'],
  ['/v1/audio/speech', 'openai', 'audio', '/v1/audio/speech'],
  ['/v1/realtime', 'openai', 'realtime', '/v1/realtime'],
  ['/v1/messages', 'anthropic', 'messages', '/v1/messages'],
  ['/messages', 'anthropic', 'messages', '/v1/messages'],
  ['/v1/v1/messages', 'anthropic', 'messages', '/v1/messages'],
] as const;

const ENDPOINTS = [
  ['/v1/files/file-abc', '/v1/files/{id}'],
  ['/v1/files/file-abc/content', '/v1/files/{id}/content'],
  ['/v1/responses/resp_1/input_items', '/v1/responses/{id}/input_items'],
  ['/v1/threads/t/runs/r/steps/s', '/v1/threads/{id}/runs/{id}/steps/{id}'],
  ['/v1/fine_tuning/jobs/j/events', '/v1/fine_tuning/jobs/{id}/events'],
  ['/v1/models/ft:gpt-4:org::abc', '/v1/models/{id}'],
  ['/v1/organization/projects/p/users', '/v1/organization/projects'],
  ['/v1/files/content/content', '/v1/files/…'],
  ['/v1/somebodys/extension', '/v1/{other}'],
  ['/v1/messages/count_tokens', '/v1/messages/count_tokens'],
  ['/v1/messages/batches/b/results', '/v1/messages/batches/{id}/results'],
  ['/v1beta/models/gemini-x:generateContent', '/v1beta/models/{model}:generateContent'],
  ['/v1beta/models/gemini-x:madeUp', '/v1beta/models/{model}:{other}'],
  ['/v1beta/tunedModels/t:generateContent', '/v1beta/models/{model}:generateContent'],
  ['/v1beta/files/f', '/v1beta/files'],
  ['/v1beta/anything', '/v1beta/{other}'],
  ['/upload/v1beta/files', '/v1beta/files'],
  ['/v1beta/openai/chat/completions', '/v1beta/openai/chat/completions'],
  ['/compatible-mode/v1/chat/completions', '/compatible-mode/v1/chat/completions'],
  ['/api/v1/services/aigc/text-generation/generation', '/api/v1/services/aigc'],
  ['/api/v1/services/made-up/text-generation/x', '/api/v1/services/{other}'],
  ['/api/v1/tasks/t-1', '/api/v1/tasks'],
  ['/api/v1/anything/else', '/api/v1/{other}'],
  ['/api-ws/v1/inference/', '/api-ws/v1/inference'],
  ['/openai/deployments/d/chat/completions', '/openai/deployments/{deployment}/chat/completions'],
  ['/openai/v1/responses', '/openai/v1/responses'],
  ['/api/chat', '/api/chat'],
  ['/anything', '{other}'],
] as const;

const MODELS = [
  ['/v1beta/models/gemini-x:generateContent', 'gemini-x'],
  ['/v1beta/models/gemini%2Fx:streamGenerateContent', 'gemini/x'],
  ['/v1/models/gemini-x:generateContent', 'gemini-x'],
  ['/v1beta/tunedModels/t:generateContent', 'tunedModels/t'],
  ['/openai/deployments/my%20one/embeddings', 'my one'],
  ['/v1/chat/completions', null],
] as const;

describe('what a path asks for', () => {
  it.each(CANONICAL)('is understood in each spelling: %s', (path, dialect, name, canonical) => {
    expect(classify(path, null)).toMatchObject({ dialect, name, path: canonical, canonical: true });
  });

  it.each(ENDPOINTS)('has a name in statistics without ids: %s', (path, endpoint) => {
    expect(classify(path, null).endpoint).toBe(endpoint);
  });

  it.each(MODELS)('names the model where the path does: %s', (path, model) => {
    expect(classify(path, null).model).toBe(model);
  });

  it('depends on the SDK where two APIs share a path', () => {
    expect(classify('/v1/models', null).dialect).toBe('openai');
    expect(classify('/v1/models', 'anthropic').dialect).toBe('anthropic');
    expect(classify('/v1/models', 'gemini').dialect).toBe('gemini');
    expect(classify('/v1/files/f', 'anthropic').endpoint).toBe('/v1/files');
  });

  it('is metered where an answer tells usage', () => {
    const metered = (path: string) => classify(path, null).metered;
    expect(
      ['/v1/chat/completions', '/v1/messages', '/v1/embeddings', '/v1/responses', '/api/chat'].every(metered),
    ).toBe(true);
    expect(['/v1/models', '/v1/files', '/anything', '/v1/realtime'].some(metered)).toBe(false);
  });
});

const segment = fc.oneof(
  fc.constantFrom(
    ...'v1 v1beta openai deployments models files content runs steps chat completions threads api services'.split(
      ' ',
    ),
  ),
  fc.constantFrom(
    ...'aigc compatible-mode api-ws tasks messages batches organization usage upload fine_tuning jobs cancel'.split(
      ' ',
    ),
  ),
  fc.webSegment(),
  fc.uuid().map((id) => `${id}:generateContent`),
);

describe('names in statistics', () => {
  it('are few, whatever clients ask for, and never hold an id', () => {
    const endpoints = new Set<string>();
    const id = fc.uuid().map((uuid) => `id${uuid}`);
    const path = fc.array(fc.oneof({ weight: 4, arbitrary: segment }, { weight: 1, arbitrary: id }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(path, fc.constantFrom(null, 'anthropic' as const, 'gemini' as const), (segments, sdk) => {
        const { endpoint } = classify(`/${segments.join('/')}`, sdk);
        endpoints.add(endpoint);
        expect(endpoint).not.toMatch(/id[0-9a-f]{8}-/);
        expect(endpoint.length).toBeLessThan(100);
      }),
      { numRuns: rounds(2_000, 100_000) },
    );
    expect(endpoints.size).toBeLessThan(400);
  });
});

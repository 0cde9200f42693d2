import { describe, expect, it } from 'vitest';
import { bindingOf, namedIds } from '../../src-main/core/bound-id.ts';
import { classify } from '../../src-main/core/classify.ts';
import { jsonMembers } from '../../src-main/core/json-members.ts';
import type { Binding, BoundIds } from '../../src-main/core/ports.ts';

const NO_BODY = { query: '', bytes: null, members: null };

/** The ids that are named by a request with this path, and perhaps with a body. */
function namedBy(path: string, body?: string, query = ''): readonly string[] {
  const { ids } = classify(path, null);
  if (ids === null) return [];
  if (body === undefined) return namedIds(ids, { ...NO_BODY, query });
  const bytes = new TextEncoder().encode(body);
  return namedIds(ids, { query, bytes, members: jsonMembers(bytes, ids.members) });
}

describe('a path names', () => {
  it.each([
    ['/v1/files/file-abc', 'files/file-abc'],
    ['/v1/files/file-abc/content', 'files/file-abc'],
    ['/files/file-abc', 'files/file-abc'],
    ['/v1/v1/files/file-abc', 'files/file-abc'],
    ['/v1/files/file%2Dabc', 'files/file-abc'],
    ['/compatible-mode/v1/files/file-abc', 'files/file-abc'],
    ['/v1beta/openai/batches/batch_1', 'batches/batch_1'],
    ['/openai/v1/files/assistant-1', 'files/assistant-1'],
    ['/openai/files/assistant-1', 'files/assistant-1'],
    ['/v1/responses/resp_1/input_items', 'responses/resp_1'],
    ['/v1/vector_stores/vs_1/files/file-2', 'vector_stores/vs_1'],
    ['/v1/vector_stores/vs_1/files/file-2', 'files/file-2'],
    ['/v1/fine_tuning/jobs/ftjob-1/events', 'jobs/ftjob-1'],
    ['/v1/chat/completions/chatcmpl-1', 'completions/chatcmpl-1'],
    ['/v1/realtime/calls/rtc_1/hangup', 'calls/rtc_1'],
    ['/v1/messages/batches/msgbatch_1/results', 'batches/msgbatch_1'],
    ['/v1beta/files/abc', 'files/abc'],
    ['/v1beta/files/abc:download', 'files/abc'],
    ['/v1beta/cachedContents/xyz', 'cachedContents/xyz'],
    ['/v1beta/models/veo-3/operations/op1', 'operations/op1'],
    ['/v1beta/batches/b1:cancel', 'batches/b1'],
    ['/api/v1/tasks/6f0c', 'tasks/6f0c'],
    ['/api/v1/tasks/6f0c/cancel', 'tasks/6f0c'],
    ['/api/v1/files/f1', 'files/f1'],
  ])('in %s the id %s', (path, id) => {
    expect(namedBy(path)).toContain(id);
  });

  it.each([
    '/v1/chat/completions',
    '/v1/embeddings',
    '/v1/messages',
    '/v1/messages/count_tokens',
    '/v1/models/gpt-4',
    '/v1/files',
    '/v1/responses',
    '/v1beta/models/gemini-2:generateContent',
    '/api/v1/services/aigc/text-generation/generation',
    '/somewhere/else',
  ])('in %s no id', (path) => {
    expect(namedBy(path)).toEqual([]);
  });
});

describe('a body names', () => {
  it.each([
    ['/v1/responses', '{"model":"m","previous_response_id":"resp_1"}', ['responses/resp_1']],
    ['/v1/responses', '{"conversation":"conv_1"}', ['conversations/conv_1']],
    ['/v1/responses', '{"conversation":{"id":"conv_1"}}', ['conversations/conv_1']],
    ['/v1/responses', '{"previous_\\u0072esponse_id":"resp_1"}', ['responses/resp_1']],
    ['/v1/responses', '{"previous_response_id":null,"input":"resp_2"}', []],
    ['/v1/responses', '{"input":[{"previous_response_id":"resp_1"}]}', []],
    [
      '/v1/responses',
      '{"previous_response_id":"resp_1","previous_response_id":"resp_2"}',
      ['responses/resp_1', 'responses/resp_2'],
    ],
    ['/v1/batches', '{"input_file_id":"file-1"}', ['files/file-1']],
    ['/v1/vector_stores', '{"file_ids":["file-1","file-2"]}', ['files/file-1', 'files/file-2']],
    ['/v1beta/models/m:generateContent', '{"cachedContent":"cachedContents/c1"}', ['cachedContents/c1']],
    ['/v1beta/models/m:generateContent', '{"cachedContent":"c1"}', []],
    ['/api/v1/fine-tunes', '{"training_file_ids":["f1"]}', ['files/f1']],
    ['/v1/chat/completions', '{"previous_response_id":"resp_1"}', []],
    ['/v1/batches', `{"input_file_id":"${'x'.repeat(300)}"}`, []],
    ['/v1/batches', 'not JSON', []],
  ])('to %s with %s', (path, body, ids) => {
    expect(namedBy(path, body)).toEqual(ids);
  });
});

it('finds an upload in the query of a Gemini upload only', () => {
  const query = 'upload_id=u1&upload_protocol=resumable';
  expect(namedBy('/upload/v1beta/files', undefined, query)).toEqual(['uploads/u1']);
  expect(namedBy('/v1beta/files', undefined, query)).toEqual([]);
});

describe('the binding of a request', () => {
  const of = (user: string, channel: string): Binding => ({
    user,
    channel,
    api_key_digest: '',
    expires_at: 1,
  });
  const known: BoundIds = {
    get: (id) =>
      ({
        'files/a': [of('ann', 'west')],
        'files/b': [of('ann', 'east')],
        'files/both': [of('bob', 'west'), of('ann', 'east')],
      })[id] ?? [],
    put: () => undefined,
  };

  it('is that of the first id that is known', () => {
    expect(bindingOf(['files/new', 'files/a', 'files/b'], 'ann', known)?.channel).toBe('west');
  });

  it('is none where no id is known', () => {
    expect(bindingOf(['files/new'], 'ann', known)).toBeNull();
  });

  it('is the own one of an id that two platforms have handed out', () => {
    expect(bindingOf(['files/both'], 'ann', known)?.channel).toBe('east');
    expect(bindingOf(['files/both'], 'bob', known)?.channel).toBe('west');
  });

  it('is refused as unknown where any id is only another user’s', () => {
    expect(() => bindingOf(['files/a'], 'bob', known)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
    expect(() => bindingOf(['files/both', 'files/a'], 'bob', known)).toThrow(/not known here/);
  });
});

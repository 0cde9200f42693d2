import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientSdk, classify } from '../../src-main/core/classify.ts';
import { idReader } from '../../src-main/core/id-reader.ts';
import type { IdPlace } from '../../src-main/core/id-rules.ts';

const made = (path: string, sdk: ClientSdk | null = null): readonly IdPlace[] =>
  classify(path, sdk).ids?.made ?? [];

/** What is learned from an answer that comes in these pieces. */
function learned(places: readonly IdPlace[], streams: boolean, pieces: readonly string[]): readonly string[] {
  const names: string[] = [];
  const reader = idReader(places, streams, (name) => names.push(name));
  for (const piece of pieces) reader.push(new TextEncoder().encode(piece));
  return names;
}

describe('the answer to a POST hands out', () => {
  it.each([
    ['/v1/files', '{"id":"file-1","object":"file"}', ['files/file-1']],
    ['/v1/uploads', '{"id":"upload_1"}', ['uploads/upload_1']],
    ['/v1/uploads/upload_1/complete', '{"id":"upload_1","file":{"id":"file-9"}}', ['files/file-9']],
    ['/v1/responses', '{"object":"response","id":"resp_1"}', ['responses/resp_1']],
    ['/v1/batches', '{"id":"batch_1"}', ['batches/batch_1']],
    ['/v1/conversations', '{"id":"conv_1"}', ['conversations/conv_1']],
    ['/v1/vector_stores', '{"id":"vs_1"}', ['vector_stores/vs_1']],
    ['/v1/assistants', '{"id":"asst_1"}', ['assistants/asst_1']],
    ['/v1/threads', '{"id":"thread_1"}', ['threads/thread_1']],
    ['/v1/threads/runs', '{"id":"run_1","thread_id":"thread_1"}', ['threads/thread_1']],
    ['/v1/fine_tuning/jobs', '{"object":"fine_tuning.job","id":"ftjob-1"}', ['jobs/ftjob-1']],
    ['/v1/chat/completions', '{"id":"chatcmpl-1"}', ['completions/chatcmpl-1']],
    ['/v1/containers', '{"id":"cntr_1"}', ['containers/cntr_1']],
    ['/v1/videos', '{"id":"video_1"}', ['videos/video_1']],
    ['/v1/videos/video_1/remix', '{"id":"video_2"}', ['videos/video_2']],
    ['/v1/evals', '{"id":"eval_1"}', ['evals/eval_1']],
    ['/v1/messages/batches', '{"id":"msgbatch_1"}', ['batches/msgbatch_1']],
    ['/upload/v1beta/files', '{"file":{"name":"files/abc"}}', ['files/abc']],
    ['/v1beta/cachedContents', '{"name":"cachedContents/x"}', ['cachedContents/x']],
    ['/v1beta/models/veo:predictLongRunning', '{"name":"models/veo/operations/o"}', ['operations/o']],
    ['/v1beta/models/g:batchGenerateContent', '{"name":"batches/b"}', ['batches/b']],
    ['/api/v1/services/aigc/text2image/image-synthesis', '{"output":{"task_id":"t1"}}', ['tasks/t1']],
    ['/api/v1/files', '{"data":{"uploaded_files":[{"name":"a","file_id":"f1"}]}}', ['files/f1']],
  ])('at %s, told by %s', (path, answer, ids) => {
    expect(learned(made(path), false, [answer])).toEqual(ids);
  });

  it('with the Anthropic SDK a file and a skill', () => {
    expect(learned(made('/v1/files', 'anthropic'), false, ['{"id":"file_1"}'])).toEqual(['files/file_1']);
    expect(learned(made('/v1/skills', 'anthropic'), false, ['{"id":"sk_1"}'])).toEqual(['skills/sk_1']);
  });

  it.each(['/v1/embeddings', '/v1/messages', '/v1/files/file-1', '/v1beta/models/g:generateContent'])(
    'nothing at %s',
    (path) => {
      expect(made(path)).toEqual([]);
    },
  );
});

it('learns the files that came of a batch', () => {
  const told = classify('/v1/batches/batch_1', null).ids?.told ?? [];
  const answer = '{"id":"batch_1","errors":null,"output_file_id":"file-o","error_file_id":null}';
  expect(learned(told, false, [answer])).toEqual(['files/file-o']);
});

describe('an answer', () => {
  const stream =
    ': hello\n\nevent: response.created\ndata: {"type":"response.created","response":{"id":"resp_1","model":"m"}}\n\n';

  it('may come in any pieces', () => {
    const cuts = fc.array(fc.nat({ max: stream.length }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (places) => {
        const ends = [...places.toSorted((a, b) => a - b), stream.length];
        const pieces = ends.map((end, at) => stream.slice(ends[at - 1] ?? 0, end));
        expect(learned(made('/v1/responses'), true, pieces)).toEqual(['responses/resp_1']);
      }),
    );
  });

  it('is looked at in its beginning only', () => {
    const filler = `"x":"${'y'.repeat(20_000)}"`;
    const late = ['{', filler, ',"id":"file-1"}'];
    expect(learned(made('/v1/files'), false, late)).toEqual([]);
    const early = [`{"id":"file-1",${filler}`];
    expect(learned(made('/v1/files'), false, early)).toEqual(['files/file-1']);
  });

  it('tells an id once, however long it goes on', () => {
    expect(learned(made('/v1/responses'), true, [stream, stream, stream])).toEqual(['responses/resp_1']);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"id":7}',
    '{"id":""}',
    '{"id',
    '{"id":"file',
    '<html>',
    '{"object":{"id":"x"}}',
  ])('of %s tells none', (answer) => {
    expect(learned(made('/v1/files'), false, [answer])).toEqual([]);
  });
});

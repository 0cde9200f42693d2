import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../../../src-main/contract/request-record.ts';
import { SessionUsage } from '../../../src-main/core/websocket/session-usage.ts';

function having(...events: readonly unknown[]): SessionUsage {
  const usage = new SessionUsage(() => 0);
  for (const event of events) {
    const bytes = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
    usage.begin();
    usage.push(bytes, 0, bytes.length);
  }
  return usage;
}

const result = (task_id: string, usage?: object) => ({
  header: { task_id, event: 'result-generated', attributes: {} },
  payload: { output: { sentence: { words: [] } }, ...(usage === undefined ? {} : { usage }) },
});
const finished = (task_id: string) => ({
  header: { task_id, event: 'task-finished', attributes: {} },
  payload: { output: {} },
});

describe("what a session used, by DashScope's events", () => {
  it('is the last total of a task, however often it is told', () => {
    const session = having(
      result('a', { characters: 12 }),
      result('a'),
      result('a', { characters: 31 }),
      result('a', { characters: 31 }),
      finished('a'),
    );
    expect(session.usage).toEqual({ ...NO_USAGE, characters: 31 });
  });

  it('adds up over the tasks of one connection, finished or not', () => {
    const session = having(
      result('a', { duration: 5 }),
      finished('a'),
      result('b', { duration: 7 }),
      result('b', { duration: 9 }),
    );
    expect(session.usage).toEqual({ ...NO_USAGE, seconds: 14 });
  });

  it('counts a task that begins anew under an id that was finished', () => {
    const session = having(result('a', { characters: 3 }), finished('a'), result('a', { characters: 4 }));
    expect(session.usage.characters).toBe(7);
  });

  it('stays bounded however many tasks are left open', () => {
    const session = having(...Array.from({ length: 5000 }, (_, n) => result(`task-${n}`, { characters: 1 })));
    expect(session.usage.characters).toBe(5000);
  });

  it('tells why a task failed', () => {
    const header = {
      task_id: 'a',
      event: 'task-failed',
      error_code: 'FLOW:AUDIO_DECODE_ERROR',
      error_message: 'Failed to decode audio: bad frame',
      attributes: {},
    };
    const session = having(result('a', { duration: 2 }), { header, payload: {} });
    expect(session.error).toEqual({
      outcome: 'platform_error',
      code: 'FLOW:AUDIO_DECODE_ERROR',
      message: 'Failed to decode audio: bad frame',
    });
    expect(session.usage.seconds).toBe(2);
  });
});

describe('what a session used, by realtime events', () => {
  const done = (input_tokens: number, output_tokens: number) => ({
    type: 'response.done',
    response: {
      usage: {
        total_tokens: input_tokens + output_tokens,
        input_tokens,
        output_tokens,
        input_token_details: { cached_tokens: 4, text_tokens: 1, audio_tokens: 1 },
        output_token_details: { text_tokens: 1, audio_tokens: 1 },
      },
    },
  });

  it('adds up over responses', () => {
    expect(having(done(30, 12), done(50, 20)).usage).toEqual({
      ...NO_USAGE,
      tokens_in: 80,
      tokens_out: 32,
      tokens_cached: 8,
    });
  });

  it('has the transcriptions among it, by tokens or by seconds', () => {
    const type = 'conversation.item.input_audio_transcription.completed';
    const session = having(
      done(30, 12),
      { type, usage: { type: 'tokens', input_tokens: 5, output_tokens: 2, total_tokens: 7 } },
      { type, usage: { type: 'duration', seconds: 3.5 } },
    );
    expect(session.usage).toMatchObject({ tokens_in: 35, tokens_out: 14, seconds: 3.5 });
  });

  it("reads Gemini's turns", () => {
    const turn = { usageMetadata: { promptTokenCount: 10, responseTokenCount: 7, totalTokenCount: 17 } };
    expect(having(turn, turn).usage).toMatchObject({ tokens_in: 20, tokens_out: 14 });
  });

  it('keeps the last error that the platform told', () => {
    const error = { type: 'error', error: { type: 'invalid_request_error', code: null, message: 'No.' } };
    expect(having(error).error).toMatchObject({ code: 'invalid_request_error', message: 'No.' });
  });

  it.each([
    ['invalid_request_error', 'client_error'],
    ['server_error', 'platform_error'],
    [undefined, 'platform_error'],
  ])('has an error of type %s as a %s', (type, outcome) => {
    const error = { type: 'error', error: { type, code: 'some_code', message: 'No.' } };
    expect(having(error).error).toEqual({ outcome, code: 'some_code', message: 'No.' });
  });

  it('has the error of the Responses API, which has its members in the event', () => {
    const error = { type: 'error', code: 'server_error', message: 'No.', param: null, sequence_number: 3 };
    expect(having(error).error).toEqual({ outcome: 'platform_error', code: 'server_error', message: 'No.' });
  });

  it('tells why a response failed', () => {
    const error = { type: 'server_error', code: 'overloaded', message: 'Try again.' };
    const failed = {
      type: 'response.done',
      response: { status: 'failed', status_details: { type: 'failed', error }, usage: { input_tokens: 3 } },
    };
    const session = having(failed, done(1, 1));
    expect(session.error).toEqual({ outcome: 'platform_error', code: 'overloaded', message: 'Try again.' });
    expect(session.usage.tokens_in).toBe(4);
  });

  it('is no error where a response was cancelled', () => {
    const details = { type: 'cancelled', reason: 'turn_detected', error: null };
    const cancelled = { type: 'response.done', response: { status: 'cancelled', status_details: details } };
    expect(having(cancelled).error).toBeNull();
  });

  it('takes no harm from text that is no event', () => {
    expect(having('"usage"', '{"usage":', '[{"usage":{}}]', '{"usage":7}', 'null').usage).toEqual(NO_USAGE);
  });
});

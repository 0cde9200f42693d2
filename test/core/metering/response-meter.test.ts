import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../../../src-main/contract/request-record.ts';
import { classify } from '../../../src-main/core/classify.ts';
import { jsonMeter } from '../../../src-main/core/metering/json-meter.ts';
import { BLIND_METER, type ResponseMeter } from '../../../src-main/core/metering/response-meter.ts';
import { type StreamRules, streamMeter } from '../../../src-main/core/metering/stream-meter.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import { chunkings } from '../chunkings.ts';

const CHAT = classify('/v1/chat/completions', null);
const rules = (members: Partial<StreamRules> = {}): StreamRules => ({
  operation: CHAT,
  hidesUsage: false,
  endsWithDone: true,
  rewrite: null,
  ...members,
});

/** What goes on to the client, and what was read. */
function metered(meter: ResponseMeter, pieces: readonly Uint8Array[]) {
  const out = pieces.flatMap((piece) => [...meter.push(piece)]);
  const sent = Buffer.concat([...out, ...meter.end()]).toString();
  return { sent, ...meter.result() };
}

const read = (text: string, members: Partial<StreamRules> = {}) =>
  metered(streamMeter(rules(members)), [Buffer.from(text)]);
const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

const DELTA = data({ choices: [{ delta: { content: 'hi' }, finish_reason: null }] });
const FINISH = data({ choices: [{ delta: {}, finish_reason: 'stop' }] });
const USAGE = data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } });
const DONE = 'data: [DONE]\n\n';

const ENDINGS: readonly (readonly [string, string, string, boolean, boolean])[] = [
  ['[DONE]', '/v1/chat/completions', DELTA + DONE, true, true],
  ['[DONE] without space', '/v1/chat/completions', `${DELTA}data:[DONE]\n\n`, true, true],
  ['[DONE] without blank line', '/v1/chat/completions', `${DELTA}data: [DONE]`, true, true],
  ['a finish reason, where [DONE] always comes', '/v1/chat/completions', DELTA + FINISH, true, false],
  ['a finish reason, where it need not', '/v1/chat/completions', DELTA + FINISH, false, true],
  ['nothing', '/v1/chat/completions', DELTA, false, false],
  [
    '[DONE] as text of the model',
    '/v1/chat/completions',
    data({ choices: [{ delta: { content: 'data: [DONE]' } }] }),
    true,
    false,
  ],
  ['message_stop', '/v1/messages', 'event: message_stop\ndata: {"type":"message_stop"}\n\n', false, true],
  [
    'no message_stop',
    '/v1/messages',
    data({ type: 'message_delta', usage: { output_tokens: 1 } }),
    false,
    false,
  ],
  ['response.completed', '/v1/responses', data({ type: 'response.completed', response: {} }), false, true],
  ['response.incomplete', '/v1/responses', data({ type: 'response.incomplete', response: {} }), false, true],
  [
    'the end of the stream, in Gemini',
    '/v1beta/models/m:streamGenerateContent',
    data({ candidates: [] }),
    false,
    true,
  ],
  [
    'the end of the stream, in DashScope',
    '/api/v1/services/aigc/text-generation/generation',
    data({ output: {} }),
    false,
    true,
  ],
];

describe('a stream', () => {
  it.each(ENDINGS)('is complete, or not, by %s', (_, path, text, endsWithDone, complete) => {
    expect(read(text, { operation: classify(path, null), endsWithDone }).complete).toBe(complete);
  });

  it.each([
    ['OpenAI', data({ error: { message: 'no', type: 'server_error', code: 'overloaded' } }), 'overloaded'],
    [
      'Anthropic',
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"no"}}\n\n',
      'overloaded_error',
    ],
    [
      'Responses',
      data({ type: 'response.failed', response: { error: { code: 'rate_limit', message: 'no' } } }),
      'rate_limit',
    ],
    [
      'an error of the Responses API itself',
      data({ type: 'error', code: 'server_error', message: 'no', param: null, sequence_number: 3 }),
      'server_error',
    ],
    [
      'one without a code',
      data({ type: 'error', code: null, message: 'no', param: null, sequence_number: 3 }),
      'error',
    ],
    [
      'DashScope',
      'id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"InvalidParameter","message":"no","request_id":"r"}\n\n',
      'InvalidParameter',
    ],
  ])('tells the error it carries, which completes it: %s', (_, text, code) => {
    expect(read(text)).toMatchObject({ complete: true, error: { code, message: 'no' } });
  });

  it('passes at once and untouched where nothing is hidden or renamed', () => {
    const meter = streamMeter(rules());
    const half = Buffer.from('data: {"cho');
    expect(meter.push(half)).toEqual([half]);
  });

  it('keeps the usage nobody asked for from the client, and only that', () => {
    const text = DELTA + FINISH + USAGE + DONE;
    const { sent, usage } = read(text, { hidesUsage: true });
    expect(sent).toBe(DELTA + FINISH + DONE);
    expect(usage).toMatchObject({ tokens_in: 3, tokens_out: 4 });
    const beside = data({ choices: [{ delta: {} }], usage: { prompt_tokens: 3 } });
    expect(read(beside + DONE, { hidesUsage: true }).sent).toBe(data({ choices: [{ delta: {} }] }) + DONE);
  });

  it('is read the same however it arrives', () => {
    const text = DELTA + USAGE + DONE;
    fc.assert(
      fc.property(chunkings, fc.boolean(), (cut, hidesUsage) => {
        const pieces = cut(Buffer.from(text));
        expect(metered(streamMeter(rules({ hidesUsage })), pieces)).toEqual(read(text, { hidesUsage }));
      }),
    );
  });

  it('is renamed event by event', () => {
    const rewrite = (event: Uint8Array) =>
      Buffer.from(Buffer.from(event).toString().replace('"m1"', '"asked"'));
    expect(read(data({ model: 'm1' }) + DONE, { rewrite }).sent).toBe(data({ model: 'asked' }) + DONE);
  });
});

describe('an answer in one piece', () => {
  const ANSWER = JSON.stringify({
    model: 'm1',
    choices: [{ text: 'x'.repeat(200_000) }],
    usage: { prompt_tokens: 3, completion_tokens: 4 },
  });

  it('is passed on as it comes and read at its end, however long it is', () => {
    fc.assert(
      fc.property(chunkings, (cut) => {
        const { sent, usage } = metered(jsonMeter(null), cut(Buffer.from(ANSWER)));
        expect(sent === ANSWER).toBe(true);
        expect(usage).toMatchObject({ tokens_in: 3, tokens_out: 4 });
      }),
      { numRuns: 30 },
    );
  });

  it('is read in the last line where it is many (Ollama)', () => {
    const lines = `{"done":false}\n{"done":true,"prompt_eval_count":3,"eval_count":4}\n`;
    expect(metered(jsonMeter(null), [Buffer.from(lines)]).usage).toMatchObject({
      tokens_in: 3,
      tokens_out: 4,
    });
  });

  it('is held to be renamed as a whole', () => {
    const meter = jsonMeter((bytes) => Buffer.from(Buffer.from(bytes).toString().replace('"m1"', '"asked"')));
    expect(meter.push(Buffer.from(ANSWER.slice(0, 9)))).toEqual([]);
    expect(meter.push(Buffer.from(ANSWER.slice(9)))).toEqual([]);
    expect(Buffer.concat([...meter.end()]).toString() === ANSWER.replace('"m1"', '"asked"')).toBe(true);
  });

  it('is passed on as it was where it is too large to hold', () => {
    const pieces = Array.from({ length: 70 }, () => Buffer.alloc(65_536, 'x'));
    const { sent } = metered(
      jsonMeter(() => Buffer.from('renamed')),
      pieces,
    );
    expect(sent.length).toBe(70 * 65_536);
  });

  it('is not looked at where it tells nothing', () => {
    expect(metered(BLIND_METER, [Buffer.from(ANSWER)]).usage.tokens_in).toBeNull();
  });
});

describe('an answer made to keep the gateway busy', () => {
  const USED = '"usage":{"prompt_tokens":3,"completion_tokens":4}}';
  const pieces = (text: string) => {
    const bytes = Buffer.from(text);
    return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  };
  const textOf = (length: number) => `{"text":"${'x'.repeat(length)}",${USED}`;
  /** Reads texts byte by byte with meters of their own. */
  const reading = (meter: () => ResponseMeter, sentOf: (text: string) => string) => (length: number) => {
    const text = textOf(length);
    const bytes = pieces(text);
    return () => {
      const { sent, usage } = metered(meter(), bytes);
      expect(usage).toMatchObject({ tokens_in: 3, tokens_out: 4 });
      expect(sent).toBe(sentOf(text));
    };
  };

  it('is read in time that follows its length where it comes byte by byte', () => {
    expect(
      growth(
        reading(
          () => jsonMeter(null),
          (text) => text,
        ),
        75_000,
      ),
    ).toBeLessThan(LINEAR);
  });

  it('is renamed in time that follows its length where it comes byte by byte', () => {
    const renaming = () => jsonMeter(() => Buffer.from('renamed'));
    expect(
      growth(
        reading(renaming, () => 'renamed'),
        75_000,
      ),
    ).toBeLessThan(LINEAR);
  });

  it('is given up where it opens one usage after another', () => {
    const opening = (times: number) => {
      const bytes = Buffer.from('{"usage":{'.repeat(times));
      return () => expect(metered(jsonMeter(null), [bytes]).usage).toEqual(NO_USAGE);
    };
    expect(growth(opening, 30_000)).toBeLessThan(LINEAR);
  });

  it('has no more than the beginning of a long error code recorded', () => {
    const { error } = read(data({ error: { code: 'c'.repeat(5_000), message: 'm'.repeat(5_000) } }));
    expect(error).toEqual({ code: 'c'.repeat(100), message: 'm'.repeat(500) });
  });
});

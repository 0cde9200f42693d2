import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src-main/core/classify.ts';
import { type StreamRules, streamMeter } from '../../../src-main/core/metering/stream-meter.ts';
import { chunkings } from '../chunkings.ts';

type Cut = (bytes: Uint8Array) => readonly Uint8Array[];
const inOne: Cut = (bytes) => [bytes];
const byteByByte: Cut = (bytes) => Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
const inChunks: Cut = (bytes) =>
  Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) =>
    bytes.subarray(at * 65_536, (at + 1) * 65_536),
  );

function meterOf(rules: Partial<StreamRules> = {}) {
  const operation = classify('/v1/chat/completions', null);
  return streamMeter({ operation, hidesUsage: false, endsWithDone: true, rewrite: null, ...rules });
}

/** What goes on, and what was read. */
function read(text: string, rules: Partial<StreamRules> = {}, cut: Cut = inOne) {
  const meter = meterOf(rules);
  const out = cut(Buffer.from(text)).flatMap((piece) => [...meter.push(piece)]);
  const sent = Buffer.concat([...out, ...meter.end()]).toString();
  return { sent, ...meter.result() };
}

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const hides = { hidesUsage: true };
const USED = { prompt_tokens: 3, completion_tokens: 4 };
const DONE = 'data: [DONE]\n\n';

describe('events of any form', () => {
  it.each([
    [
      'usage over two lines of data',
      `data: {"choices":[],\ndata: "usage":{"prompt_tokens":3,\ndata:"completion_tokens":4}}\n\n`,
    ],
    [
      'usage over lines of data that break around the colon',
      `data: {"usage"\ndata: :\ndata: {"prompt_tokens":3,"completion_tokens":4}}\n\n`,
    ],
    [
      'a byte order mark in front of the stream',
      `\uFEFFdata: {"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n`,
    ],
    ['CR alone as line end', `event: x\rdata: {"usage":{"prompt_tokens":3,"completion_tokens":4}}\r\r`],
    ['CR LF', `data: {"usage":{"prompt_tokens":3,"completion_tokens":4}}\r\n\r\n`],
    [
      'comments between the lines',
      `: a\ndata: {"usage":\n: b\ndata: {"prompt_tokens":3,"completion_tokens":4}}\n: c\n\n`,
    ],
    ['other fields around', `id: 7\ndata:{"usage":{"prompt_tokens":3,"completion_tokens":4}}\nretry: 1\n\n`],
    ['no blank line behind', `data: {"usage":{"prompt_tokens":3,"completion_tokens":4}}`],
  ])('are read: %s', (_, text) => {
    for (const cut of [inOne, byteByByte]) {
      const { sent, usage } = read(text, {}, cut);
      expect([usage.tokens_in, usage.tokens_out]).toEqual([3, 4]);
      expect(sent).toBe(text);
    }
  });

  it.each([
    `event: message_stop\ndata: {"type":\ndata: "message_stop"}\n\n`,
    `data: {"type"\r\ndata: :"message_stop"}\r\n\r\n`,
    `\uFEFFdata: [DONE]\n\n`,
  ])('end the stream however their data is broken into lines: %j', (text) => {
    for (const cut of [inOne, byteByByte]) expect(read(text, {}, cut).progress).toBe('ended');
  });

  it('are complete with CR alone as line end', () => {
    expect(read('data: {"choices":[]}\r\rdata: [DONE]\r\r')).toMatchObject({
      complete: true,
      progress: 'ended',
    });
  });

  it.each([
    ['text of the model', { choices: [{ delta: { content: `"usage":${JSON.stringify(USED)}` } }] }],
    ['a parameter of a tool', { choices: [{ delta: { tool_calls: [{ usage: USED }] } }] }],
    [
      'a schema',
      { tools: [{ properties: { usage: USED, error: { message: 'no' }, finish_reason: 'stop' } }] },
    ],
    ['a list of its own', { delta: [{ usage: USED }], inner: { response: { usage: USED } } }],
  ])('are not taken for usage where it stands in %s', (_, value) => {
    for (const cut of [inOne, byteByByte]) {
      const { usage, progress, error } = read(data(value), {}, cut);
      expect([usage.tokens_in, usage.tokens_out, progress, error]).toEqual([null, null, 'open', null]);
    }
  });
});

describe('an event of any size', () => {
  const image = 'A'.repeat(20 * 1024 * 1024);
  const completed = data({
    type: 'response.completed',
    response: {
      output: [{ type: 'image_generation_call', result: image }],
      usage: { input_tokens: 3, output_tokens: 4 },
    },
  });

  it('passes uncopied, is counted, and completes its stream', () => {
    const operation = classify('/v1/responses', null);
    const meter = meterOf({ operation });
    for (const piece of inChunks(Buffer.from(completed))) expect(meter.push(piece)).toEqual([piece]);
    expect(meter.result()).toMatchObject({ complete: true, usage: { tokens_in: 3, tokens_out: 4 } });
  });

  it('is rid of its usage, and held no longer than it has to be', () => {
    const text = data({ choices: [{ delta: { images: [image] } }], usage: null });
    const meter = meterOf(hides);
    let held = 0;
    let largest = 0;
    const out: Uint8Array[] = [];
    for (const piece of inChunks(Buffer.from(text))) {
      const sent = meter.push(piece);
      out.push(...sent);
      held += piece.length - sent.reduce((sum, part) => sum + part.length, 0);
      largest = Math.max(largest, held);
    }
    expect(Buffer.concat(out).toString() === data({ choices: [{ delta: { images: [image] } }] })).toBe(true);
    expect(largest).toBeLessThanOrEqual(2 * 65_536);
  });

  it('goes on as it is where the member to hide is itself too large to hold', () => {
    const text = data({ usage: 'x'.repeat(3_000_000), choices: [{}] });
    expect(read(text, hides, inChunks).sent === text).toBe(true);
  });

  it('has the model that stands in its beginning renamed', () => {
    const rewrite = (bytes: Uint8Array) =>
      Buffer.from(Buffer.from(bytes).toString().replace('"m1"', '"asked"'));
    const text = data({ model: 'm1', choices: [{ delta: { images: ['é'.repeat(200_000)] } }] });
    expect(read(text, { rewrite }, inChunks).sent === text.replace('"m1"', '"asked"')).toBe(true);
  });
});

const chunk = { id: 'c', choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] };

describe('usage that the client did not ask for', () => {
  it.each([
    ['null in each chunk', data({ ...chunk, usage: null }), data(chunk)],
    [
      'null with spaces',
      'data: {"id": "c", "choices": [{"delta": {}}], "usage": null}\n\n',
      'data: {"id": "c", "choices": [{"delta": {}}]}\n\n',
    ],
    ['null in the middle', data({ id: 'c', usage: null, choices: [{}] }), data({ id: 'c', choices: [{}] })],
    ['null at the beginning', data({ usage: null, ...chunk }), data(chunk)],
    ['beside choices', data({ ...chunk, usage: USED }), data(chunk)],
    [
      'beside the finish reason',
      data({ choices: [{ finish_reason: 'stop' }], usage: USED }),
      data({ choices: [{ finish_reason: 'stop' }] }),
    ],
    [
      'null without choices yet (Azure)',
      data({ choices: [], prompt_filter_results: [1], usage: null }),
      data({ choices: [], prompt_filter_results: [1] }),
    ],
    ['an event of its own', data({ id: 'c', choices: [], usage: USED }), ''],
    ['an event of its own without choices', data({ id: 'c', usage: USED }), ''],
    [
      'two chunks at once',
      data({ ...chunk, usage: null }) + data({ ...chunk, usage: null }),
      data(chunk) + data(chunk),
    ],
    ['with CR LF', `data: {"choices":[{}],"usage":null}\r\n\r\n`, `data: {"choices":[{}]}\r\n\r\n`],
    [
      'an event of its own with CR LF',
      `data: {"choices":[],"usage":{"prompt_tokens":3}}\r\n\r\n: x\n\n`,
      ': x\n\n',
    ],
    [
      'over two lines of data',
      `data: {"choices":[{}],\ndata: "usage":null}\n\n`,
      `data: {"choices":[{}]}\n\n`,
    ],
    ['behind a byte order mark', `\uFEFF${data({ ...chunk, usage: null })}`, `\uFEFF${data(chunk)}`],
    [
      'text of the model',
      data({ choices: [{ delta: { content: ',"usage":null}' } }] }),
      data({ choices: [{ delta: { content: ',"usage":null}' } }] }),
    ],
    [
      'a member within',
      data({ choices: [{ usage: null }], x: { usage: null } }),
      data({ choices: [{ usage: null }], x: { usage: null } }),
    ],
  ])('is cut out: %s', (_, before, after) => {
    for (const cut of [inOne, byteByByte]) expect(read(before + DONE, hides, cut).sent).toBe(after + DONE);
  });
});

describe('usage in a stream', () => {
  it('stays where the client asked for it itself', () => {
    const text = data({ ...chunk, usage: null }) + data({ choices: [], usage: USED }) + DONE;
    expect(read(text).sent).toBe(text);
  });

  it('is cut out the same however the stream arrives', () => {
    const event = fc.constantFrom(
      data({ ...chunk, usage: null }),
      data(chunk),
      data({ choices: [], usage: USED }),
      data({ usage: null, choices: [{ delta: { content: '模型' } }] }),
      ': ping\n\n',
      'event: x\n: ping\ndata: {"a":1}\n\n',
      'data: {"usage":null,\r\ndata: "a":1}\r\n\r\n',
      'data: {"choices":[],"usage":{"prompt_tokens":1}}\r\r',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), chunkings, fc.boolean(), (events, cut, hidesUsage) => {
        const text = events.join('') + DONE;
        const expected = read(text, { hidesUsage });
        expect(read(text, { hidesUsage }, cut)).toEqual(expected);
        if (!hidesUsage) expect(expected.sent).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a comment', () => {
  it.each([
    ['between events', '', ': ping\n\n'],
    ['without its blank line yet', '', ': ping\n'],
    ['that has not ended', '', ': pi'],
    ['while an event is held', 'data: {"choices":[],', ''],
    ['behind the lines of an event', 'data: {"choices":[{}]}\n', ': ping\n'],
  ])('passes at once: %s', (_, before, comment) => {
    const meter = meterOf(hides);
    meter.push(Buffer.from(data({ choices: [{}] })));
    expect(Buffer.concat([...meter.push(Buffer.from(before))]).toString()).toBe('');
    expect(Buffer.concat([...meter.push(Buffer.from(comment))]).toString()).toBe(comment);
  });
});

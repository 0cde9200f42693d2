import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sseData, sseSplitter } from '../../src-main/core/sse-events.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { chunkings } from './chunkings.ts';

function split(pieces: readonly Uint8Array[]) {
  const events: string[] = [];
  const passed: Buffer[] = [];
  const splitter = sseSplitter((bytes) => passed.push(Buffer.from(bytes)));
  for (const piece of pieces) splitter.push(piece, (event) => events.push(Buffer.from(event).toString()));
  return { events, passed: Buffer.concat(passed), rest: Buffer.from(splitter.rest()).toString() };
}

const splitText = (text: string) => split([Buffer.from(text)]);

describe('a stream of events', () => {
  it.each([
    ['data: 1\n\ndata: 2\n\n', ['data: 1\n\n', 'data: 2\n\n'], ''],
    ['data: 1\r\n\r\ndata: 2\r\n\r\n', ['data: 1\r\n\r\n', 'data: 2\r\n\r\n'], ''],
    ['event: x\ndata: 1\n\n', ['event: x\ndata: 1\n\n'], ''],
    ['data: 1\n\ndata: 2', ['data: 1\n\n'], 'data: 2'],
    ['data: 1\n\r\ndata: 2\n', ['data: 1\n\r\n'], 'data: 2\n'],
    ['\n\n\n\n', ['\n\n', '\n\n'], ''],
    [': comment\n\n', [': comment\n\n'], ''],
    ['', [], ''],
  ])('is cut at its blank lines: %j', (text, events, rest) => {
    expect(splitText(text)).toMatchObject({ events, rest });
  });

  it('is the same events however it arrives', () => {
    const line = fc.constantFrom('data: 1', 'data: 模型', 'event: x', '', ':', 'id: 7');
    const ending = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), ending, chunkings, (lines, end, cut) => {
        const text = lines.join(end);
        const whole = splitText(text);
        expect(split(cut(Buffer.from(text)))).toEqual(whole);
        expect(whole.events.join('') + whole.rest).toBe(text);
      }),
    );
  });

  it('passes an event that is too large to hold, and goes on behind it', () => {
    const large = `data: ${'x'.repeat(1_300_000)}\n\n`;
    const text = `data: 1\n\n${large}data: 2\n\n`;
    const bytes = Buffer.from(text);
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 65_536) pieces.push(bytes.subarray(at, at + 65_536));
    const { events, passed, rest } = split(pieces);
    expect(events).toEqual(['data: 1\n\n', 'data: 2\n\n']);
    expect(passed.equals(Buffer.from(large))).toBe(true);
    expect(rest).toBe('');
  });
});

describe('an event in tiny pieces', () => {
  it('costs time that follows its length', () => {
    const splitBytes = (length: number) => {
      const bytes = Buffer.from(`data: ${'x'.repeat(length)}\n\ndata: 2\n\n`);
      const pieces = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
      return () => expect(split(pieces).events.join('')).toBe(bytes.toString());
    };
    expect(growth(splitBytes, 50_000)).toBeLessThan(LINEAR);
  });

  it('is not changed by what comes behind it', () => {
    const events: Uint8Array[] = [];
    const splitter = sseSplitter(() => undefined);
    for (const piece of ['da', 'ta', ': 1', '\n\nda', 'ta: ', '2\n', '\n'])
      splitter.push(Buffer.from(piece), (event) => events.push(event));
    expect(events.map((event) => Buffer.from(event).toString())).toEqual(['data: 1\n\n', 'data: 2\n\n']);
  });

  it('is not copied where it came whole', () => {
    const chunk = Buffer.from('data: 1\n\ndata: 2\n\n');
    const buffers = new Set<ArrayBufferLike>();
    sseSplitter(() => undefined).push(chunk, (event) => buffers.add(event.buffer));
    expect([...buffers]).toEqual([chunk.buffer]);
  });
});

describe('the data of an event', () => {
  it.each([
    ['data: {"a":1}\n\n', '{"a":1}'],
    ['data:{"a":1}\n\n', '{"a":1}'],
    ['data:  two spaces\n\n', ' two spaces'],
    ['event: x\ndata: 1\n\n', '1'],
    ['data: 1\nevent: x\n\n', '1'],
    ['data: 1\ndata: 2\n\n', '1\n2'],
    ['data: 1\r\ndata: 2\r\n\r\n', '1\n2'],
    ['data: 1\rdata: 2\r\r', '1\n2'],
    ['data:\n\n', ''],
    ['event: ping\n\n', null],
    [': data: no\n\n', null],
    ['xdata: 1\n\n', null],
    ['data: [DONE]\r\n\r\n', '[DONE]'],
    ['data: last', 'last'],
  ])('of %j', (event, data) => expect(sseData(event)).toBe(data));
});

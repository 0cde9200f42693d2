import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonMembers, type Span, stringAt } from '../../src-main/core/json-members.ts';
import { growth, LINEAR } from '../support/growth.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (whole: Uint8Array, span: Span | null): string | null =>
  span === null ? null : Buffer.from(whole.subarray(span.start, span.end)).toString();

/** What is found of a body: the texts of the three members, and whether the model is there twice. */
function found(text: string) {
  const whole = bytes(text);
  const members = jsonMembers(whole);
  if (members === null) return null;
  const { model, stream, streamOptions, modelTwice } = members;
  return [textOf(whole, model), textOf(whole, stream), textOf(whole, streamOptions), modelTwice];
}

const FOUND: readonly (readonly [string, readonly (string | boolean | null)[]])[] = [
  ['{"model":"m","stream":true,"stream_options":{"a":[1]}}', ['"m"', 'true', '{"a":[1]}', false]],
  [' { "stream" : false , "model" : "m" }\r\n', ['"m"', 'false', null, false]],
  ['{"a":{"model":"inner"},"model":"outer"}', ['"outer"', null, null, false]],
  ['{"a":"\\"model\\":\\"text\\"","b":[{"model":1}]}', [null, null, null, false]],
  ['{"model":"one","model":"two"}', ['"two"', null, null, true]],
  ['{"model":"one","x":0,"mod\\u0065l":"two"}', ['"two"', null, null, true]],
  ['{"\\u006d\\u006f\\u0064\\u0065\\u006c":"m"}', ['"m"', null, null, false]],
  ['{"model":"1","model":"2","model":"3"}', ['"3"', null, null, true]],
  ['{"model":null}', ['null', null, null, false]],
  ['{"Model":"m","models":"n","mode":"o"}', [null, null, null, false]],
  ['{"a":"\\\\","model":"m"}', ['"m"', null, null, false]],
  ['{"a":"\\\\\\"","model":"m"}', ['"m"', null, null, false]],
  ['{"model":"a,}]\\"b"}', ['"a,}]\\"b"', null, null, false]],
  ['{}', [null, null, null, false]],
];

describe('the members of a JSON body', () => {
  it.each(FOUND)('are found where they are: %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    '[]',
    '"model"',
    'null',
    '{',
    '{"model"',
    '{"model":',
    '{"model":"m"',
    '{"model":"m",}',
    '{model:"m"}',
    "{'model':'m'}",
    '{"a":[1}',
    '{"a" 1}',
    '{"a":}',
    '{"a":"\\"}',
    '\uFEFF{}',
  ])('are none where it is no JSON object: %j', (text) => expect(found(text)).toBeNull());

  it('are the ones that JSON.parse sees, for any object and any white space', () => {
    const name = fc.oneof(
      fc.constantFrom('model', 'stream', 'stream_options', '__proto__'),
      fc.string({ maxLength: 15 }),
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string(),
      fc.constantFrom('"model":"x"', '\\', '{', '}'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        fc.constantFrom(0, 1, '\t', ' \r'),
        (members, indent) => {
          const object = Object.fromEntries(members.map(([key, inner]): [string, unknown] => [key, inner]));
          const text = JSON.stringify(object, null, indent);
          const whole = bytes(text);
          const seen = jsonMembers(whole);
          for (const [span, key] of [
            [seen?.model, 'model'],
            [seen?.stream, 'stream'],
            [seen?.streamOptions, 'stream_options'],
          ] as const) {
            const written = textOf(whole, span ?? null);
            expect(written === null ? undefined : JSON.parse(written)).toEqual(
              Object.hasOwn(object, key) ? JSON.parse(text)[key] : undefined,
            );
          }
        },
      ),
    );
  });
});

describe('members that only some platforms see', () => {
  it('are those of the first value where text stands behind it, which is said', () => {
    expect(jsonMembers(bytes('{"model":"m"} \n'))).toMatchObject({ textBehind: false });
    expect(jsonMembers(bytes('{"model":"m"}x'))).toMatchObject({ textBehind: true });
    expect(found('{"model":"m"}{"model":"n"}')).toEqual(['"m"', null, null, false]);
  });

  it('are told from those that differ in case, as Go folds it', () => {
    const { variants, stream, streamOptions } =
      jsonMembers(bytes('{"Stream":1,"\u017ftream":2,"\u017ftream_option\u017f":3,"STREAM_options":4}')) ??
      {};
    expect(variants?.map(({ like }) => like)).toEqual([
      'stream',
      'stream',
      'stream_options',
      'stream_options',
    ]);
    expect([stream, streamOptions]).toEqual([null, null]);
  });
});

describe('members that are asked for besides', () => {
  const names = new Map([['conversation', null]]);
  const repeated = (times: number) => bytes(`{${'"conversation":1,'.repeat(times)}"model":"m"}`);

  it('are all found, as often as they stand there', () => {
    const members = jsonMembers(repeated(64), names);
    expect(members).toMatchObject({ othersTooMany: false });
    expect(members?.others).toHaveLength(64);
  });

  it('are told to be too many where a body repeats them without sense, in time that follows its length', () => {
    expect(jsonMembers(repeated(65), names)).toMatchObject({ othersTooMany: true });
    const read = (times: number) => {
      const body = repeated(times);
      return () => expect(jsonMembers(body, names)).toMatchObject({ othersTooMany: true });
    };
    expect(growth(read, 60_000)).toBeLessThan(LINEAR);
  });
});

describe('the text of a string in JSON', () => {
  const read = (text: string) => stringAt(bytes(text), { start: 0, end: bytes(text).length });

  it.each([
    ['"m"', 'm'],
    ['""', ''],
    ['"gpt-\\u0034\\n\\"o\\""', 'gpt-4\n"o"'],
    ['"模型"', '模型'],
    ['"\uFEFFm"', '\uFEFFm'],
    ['"\\x"', null],
    ['5', null],
    ['null', null],
    ['["m"]', null],
  ])('is read from %s', (text, expected) => expect(read(text)).toBe(expected));
});

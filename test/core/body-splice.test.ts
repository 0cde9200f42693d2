import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliceBody } from '../../src-main/core/body-splice.ts';
import { jsonMembers } from '../../src-main/core/json-members.ts';

function splice(text: string, model: string | null, asksUsage: boolean) {
  const bytes = Buffer.from(text);
  const members = jsonMembers(bytes);
  if (members === null) throw new Error('the test sends no object');
  const { bytes: after, usageAdded } = spliceBody(bytes, members, model, asksUsage);
  return { text: Buffer.from(after).toString(), same: after === bytes, usageAdded };
}

const SPLICED: readonly (readonly [string, string | null, boolean, string])[] = [
  ['{"model":"a"}', 'b', false, '{"model":"b"}'],
  ['{ "model" : "a" , "x" : 1.0e2 }', 'b', false, '{ "model" : "b" , "x" : 1.0e2 }'],
  ['{"model":"a","y":"模型"}', '模"型', false, '{"model":"模\\"型","y":"模型"}'],
  ['{"stream":true}', null, true, '{"stream_options":{"include_usage":true},"stream":true}'],
  [
    '{"stream":true,"model":"a"}',
    'b',
    true,
    '{"stream_options":{"include_usage":true},"stream":true,"model":"b"}',
  ],
  [
    '{"stream":true,"stream_options":null}',
    null,
    true,
    '{"stream":true,"stream_options":{"include_usage":true}}',
  ],
  [
    '{"stream":true,"stream_options":{"include_usage":false}}',
    null,
    true,
    '{"stream":true,"stream_options":{"include_usage":true}}',
  ],
  [
    '{"stream":true,"stream_options":{"x":1}}',
    null,
    true,
    '{"stream":true,"stream_options":{"x":1,"include_usage":true}}',
  ],
];

const ASKED = '"stream_options":{"include_usage":true},';
const LENIENT: readonly (readonly [string, string])[] = [
  ['{"stream":1}', `{${ASKED}"stream":1}`],
  ['{"stream":"yes"}', `{${ASKED}"stream":"yes"}`],
  ['{"Stream":true}', `{${ASKED}"Stream":true}`],
  ['{"\u017ftream":true}', `{${ASKED}"\u017ftream":true}`],
  ['{"stream":true}text', `{${ASKED}"stream":true}text`],
  [
    '{"stream":true,"Stream_Options":{"include_usage":false}}',
    `{${ASKED}"stream":true,"Stream_Options":{"include_usage":true}}`,
  ],
  [
    '{"stream":true,"stream_options":{"include_usage":true,"Include_Usage":false}}',
    '{"stream":true,"stream_options":{"include_usage":true}}',
  ],
];

describe('a body that only lenient platforms take for a stream', () => {
  it.each(LENIENT)('asks for its usage: %s', (text, expected) => {
    expect(splice(text, null, true)).toMatchObject({ text: expected, usageAdded: true });
  });

  it.each(['false', 'null', '0', '0.0', '""', '"no"', '"off"', '"False"'])('is none with %s', (value) => {
    expect(splice(`{"stream":${value}}`, null, true).usageAdded).toBe(false);
  });
});

describe('a spliced body', () => {
  it.each(SPLICED)('of %s', (text, model, asksUsage, expected) => {
    expect(splice(text, model, asksUsage)).toMatchObject({ text: expected, usageAdded: asksUsage });
  });

  it.each([
    ['nothing to change', '{"model":"a","stream":true}', null, false],
    ['no model to rename', '{"messages":[]}', 'b', false],
    ['no stream', '{"model":"a"}', null, true],
    ['a stream that is not asked for', '{"stream":false}', null, true],
    ['a stream that nobody takes for one', '{"stream":0,"x":"stream"}', null, true],
    [
      'usage that is asked for already',
      '{"stream":true,"stream_options":{"include_usage":true}}',
      null,
      true,
    ],
    ['options that are none', '{"stream":true,"stream_options":[1]}', null, true],
    ['an empty object', '{}', 'b', true],
  ])('is the very same bytes where there is %s', (_, text, model, asksUsage) => {
    expect(splice(text, model, asksUsage)).toEqual({ text, same: true, usageAdded: false });
  });

  const member = fc.tuple(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }));
  const options = fc.constantFrom(
    {},
    { stream_options: null },
    { stream_options: { include_usage: false, x: [1] } },
  );

  it('means what the original meant, but for the model and the usage', () => {
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 6 }),
        options,
        fc.string(),
        fc.constantFrom(0, 2),
        (rest, more, model, indent) => {
          const body = { ...Object.fromEntries(rest), stream: true, model: 'asked', ...more };
          const text = JSON.stringify(body, null, indent);
          const before = JSON.parse(text);
          const after = splice(text, model, true).text;
          const stream_options = { ...before.stream_options, include_usage: true };
          expect(JSON.parse(after)).toEqual({ ...before, model, stream_options });
        },
      ),
    );
  });

  it('has every other byte where it was', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), fc.string(), fc.nat(3), (rest, model, indent) => {
        const others = Object.fromEntries(rest.filter(([name]) => name !== 'model'));
        const text = JSON.stringify({ ...others, model: 'the model that was asked for' }, null, indent);
        const [before = '', after = ''] = text.split('"the model that was asked for"');
        expect(splice(text, model, false).text).toBe(before + JSON.stringify(model) + after);
      }),
    );
  });
});

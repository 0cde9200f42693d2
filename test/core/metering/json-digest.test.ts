import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberCut } from '../../../src-main/core/metering/json-cut.ts';
import { JsonDigest } from '../../../src-main/core/metering/json-digest.ts';
import { KeptMembers } from '../../../src-main/core/metering/json-kept.ts';
import { chunkings } from '../chunkings.ts';

const KEPT = new KeptMembers({
  usage: 'whole',
  type: 'whole',
  response: new KeptMembers({ usage: 'whole' }),
  choices: new KeptMembers({ finish_reason: 'whole' }),
});

type Cut = (bytes: Uint8Array) => readonly Uint8Array[];
const inOne: Cut = (bytes) => [bytes];
const byteByByte: Cut = (bytes) => Array.from(bytes, (_, at) => bytes.slice(at, at + 1));

/** What is kept of each value. */
function kept(text: string, cut: Cut = inOne): unknown[] {
  const values: unknown[] = [];
  const digest = new JsonDigest(KEPT, { told: (value) => values.push(value) });
  for (const piece of cut(Buffer.from(text))) digest.push(piece);
  return values;
}

/** The same by reading all of it. */
function keptOf(value: unknown): unknown {
  const shape = (of: unknown): Record<string, unknown> =>
    typeof of === 'object' && of !== null ? (of as Record<string, unknown>) : {};
  const pick = (of: unknown, names: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      names.flatMap((name) => (Object.hasOwn(shape(of), name) ? [[name, shape(of)[name]]] : [])),
    );
  const inner = (of: unknown, names: readonly string[]): unknown => {
    if (Array.isArray(of)) return of.slice(0, 64).map((one) => inner(one, names));
    if (typeof of === 'object' && of !== null) return pick(of, names);
    return typeof of === 'string' ? undefined : of;
  };
  const result = pick(value, ['usage', 'type']);
  for (const [name, names] of [
    ['response', ['usage']],
    ['choices', ['finish_reason']],
  ] as const) {
    const found = Object.hasOwn(shape(value), name) ? inner(shape(value)[name], names) : undefined;
    if (found !== undefined) result[name] = found;
  }
  return result;
}

const USAGE = '"usage":{"prompt_tokens":3}';

describe('what is kept of JSON', () => {
  it.each<[string, string, unknown[]]>([
    ['members of the root', `{"id":"x",${USAGE}}`, [{ usage: { prompt_tokens: 3 } }]],
    ['white space', `{\n "usage" : {"prompt_tokens" : 3 }\n}\n`, [{ usage: { prompt_tokens: 3 } }]],
    ['the last of two', '{"type":"a","type":"b"}', [{ type: 'b' }]],
    ['a name with escapes', '{"us\\u0061ge":{"a":1}}', [{ usage: { a: 1 } }]],
    ['literals', '{"usage":null,"type":12.5e3}', [{ usage: null, type: 12_500 }]],
    [
      'an inner object',
      `{"response":{"x":[1,{"usage":1}],${USAGE}}}`,
      [{ response: { usage: { prompt_tokens: 3 } } }],
    ],
    [
      'each element of a list',
      '{"choices":[{"delta":{"finish_reason":"no"},"finish_reason":null},{"finish_reason":"stop"}]}',
      [{ choices: [{ finish_reason: null }, { finish_reason: 'stop' }] }],
    ],
    ['an empty list', '{"choices":[],"usage":{}}', [{ choices: [], usage: {} }]],
    ['null in place of a list', '{"choices":null}', [{ choices: null }]],
    ['lines', '{"type":1}\n{"type":2}\r\n\n{"type":3}', [{ type: 1 }, { type: 2 }, { type: 3 }]],
    ['a list at the top', '[{"type":1},\n{"type":2}]', [{ type: 1 }, { type: 2 }]],
  ])('is %s', (_, text, values) => {
    expect(kept(text)).toEqual(values);
    expect(kept(text, byteByByte)).toEqual(values);
  });

  it.each([
    ['in a text', `{"text":${JSON.stringify(`{${USAGE}}`)}}`],
    ['in a text behind a backslash', `{"text":${JSON.stringify(`\\",${USAGE},"`)}}`],
    ['as a text', `{"text":"usage","other":${JSON.stringify(USAGE)}}`],
    ['in an inner object', `{"inner":{${USAGE}}}`],
    ['in a list inside', `{"list":[{${USAGE}}]}`],
    ['in what looks like the place', `{"inner":{"response":{${USAGE}}}}`],
    ['in a list in the list at the top', `[[{${USAGE}}]]`],
    ['in a text at the top', JSON.stringify(`{${USAGE}}`)],
    ['cut off', `{${USAGE}`],
  ])('is nothing that stands %s', (_, text) => {
    for (const cut of [inOne, byteByByte]) {
      expect(JSON.stringify(kept(text, cut))).not.toContain('prompt_tokens');
    }
  });
});

describe('what is kept of any JSON', () => {
  it('is what a parser finds in the same places, however the text is cut', () => {
    const name = fc.constantFrom(
      'usage',
      'type',
      'response',
      'choices',
      'finish_reason',
      'us"age',
      'a',
      'é',
      '',
    );
    const leaf = fc.oneof(
      fc.constantFrom('usage', '{"usage":{}}', '\\', '"', '\\"', ']}', 'text', '模型'),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(name, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(name, tree, { maxKeys: 6 }),
        fc.constantFrom(undefined, 1, '\t'),
        chunkings,
        (value, space, cut) => {
          const text = JSON.stringify(value, null, space);
          const [found] = kept(text, cut);
          // A list within a list is kept as it is; the model reads it the same way.
          expect(JSON.stringify(found)).toBe(JSON.stringify(orderedLike(JSON.parse(text))));
        },
      ),
      { numRuns: 300 },
    );
    /** What a parser finds, with its members in the order of the text. */
    function orderedLike(value: Record<string, unknown>): unknown {
      const all = keptOf(value) as Record<string, unknown>;
      return Object.fromEntries(Object.keys(value).flatMap((key) => (key in all ? [[key, all[key]]] : [])));
    }
  });

  it('is never more than a little, however much there is', () => {
    const big = 'x'.repeat(100_000);
    expect(kept(`{"type":"${big}",${USAGE}}`)).toEqual([{ usage: { prompt_tokens: 3 } }]);
    const [value] = kept(`{"choices":[${'{"finish_reason":"stop"},'.repeat(1_000)}{}],${USAGE}}`) as [
      { choices: unknown[]; usage: unknown },
    ];
    expect(value.choices).toHaveLength(64);
    expect(value.usage).toEqual({ prompt_tokens: 3 });
  });

  it('is found behind megabytes of text, of numbers, and of nested lists', () => {
    const numbers = JSON.stringify(Array.from({ length: 50_000 }, (_, at) => at / 7));
    const pairs = JSON.stringify(Array.from({ length: 50_000 }, (_, at) => [at, String(at)]));
    const text = `{"a":"${'\\"x'.repeat(500_000)}","b":${numbers},"c":${pairs},${USAGE}}`;
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) =>
      bytes.subarray(at * 65_536, (at + 1) * 65_536),
    );
    expect(kept(text, () => pieces)).toEqual([{ usage: { prompt_tokens: 3 } }]);
  });
});

/** The text without its `usage` in the root. */
function without(text: string, cut: Cut): string {
  const places = new MemberCut('usage');
  const digest = new JsonDigest(KEPT, { told: () => undefined }, places);
  let offset = 0;
  for (const piece of cut(Buffer.from(text))) {
    digest.push(piece, 0, piece.length, offset);
    offset += piece.length;
  }
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  let from = 0;
  for (let i = 0; i < places.places.length; i += 2) {
    parts.push(bytes.subarray(from, places.places[i]));
    from = places.places[i + 1] ?? 0;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]).toString();
}

describe('a member that is cut out', () => {
  it.each([
    ['{"a":1,"usage":null}', '{"a":1}'],
    ['{"a": 1, "usage": null}', '{"a": 1}'],
    ['{"a":1,"usage":null,"b":2}', '{"a":1,"b":2}'],
    ['{"usage":null,"a":1}', '{"a":1}'],
    ['{"usage": null, "a": 1}', '{"a": 1}'],
    ['{ "usage" : null , "a" : 1 }', '{ "a" : 1 }'],
    ['{"usage":null}', '{}'],
    ['{\n  "a": 1,\n  "usage": null\n}', '{\n  "a": 1\n}'],
    ['{"usage":{"a":[1,2,{"b":"}"}]},"a":1}', '{"a":1}'],
    ['{"usage":null,"usage":1,"a":1,"usage":2}', '{"a":1}'],
    ['{"a":{"usage":null},"b":[{"usage":1}]}', '{"a":{"usage":null},"b":[{"usage":1}]}'],
    ['{"a":"\\",\\"usage\\":null"}', '{"a":"\\",\\"usage\\":null"}'],
    ['{"us\\u0061ge":null,"a":1}', '{"a":1}'],
    ['{"usages":null,"a":1}', '{"usages":null,"a":1}'],
  ])('leaves %s as if it had not been there', (text, rest) => {
    expect(without(text, inOne)).toBe(rest);
    expect(without(text, byteByByte)).toBe(rest);
  });
});

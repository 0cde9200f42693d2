import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usageInTail } from '../../src-main/core/json-tail.ts';

const USAGE = '"usage":{"prompt_tokens":3,"completion_tokens":4}';
const INJECTED = '"usage":{"prompt_tokens":999,"completion_tokens":999}';
const tokens = (text: string) => {
  const usage = usageInTail(text);
  return usage === null ? null : [usage.tokens_in, usage.tokens_out];
};

describe('the usage at the end of an answer', () => {
  it.each([
    ['the whole of it', `{"id":"x",${USAGE}}`],
    ['its end alone', `...cut in the middle of a text"}}],${USAGE}}`],
    ['members behind it', `{${USAGE},"user":null,"metadata":{"a":["}"]}}`],
    ['white space', `{\n  "usage" : {"prompt_tokens":3,"completion_tokens":4}\n}\n`],
    ['a text before that looks like it', `{"text":${JSON.stringify(`{${INJECTED}}`)},${USAGE}}`],
    ['a text behind that looks like it', `{${USAGE},"text":${JSON.stringify(`",${INJECTED}}`)}}`],
    ['an inner object before that has one', `{"inner":{${INJECTED}},${USAGE}}`],
    ['an inner object behind that has one', `{${USAGE},"inner":{${INJECTED}}}`],
    ['a list of answers', `[{"a":1},{${USAGE}}]`],
  ])('is found with %s', (_, text) => expect(tokens(text)).toEqual([3, 4]));

  it.each([
    ['', ''],
    ['none', '{"id":"x"}'],
    ['one in a text', `{"text":${JSON.stringify(`{${USAGE}}`)}}`],
    ['one in an inner object', `{"inner":{${USAGE}}}`],
    ['one in a list inside', `{"list":[{${USAGE}}]}`],
    ['one that is cut', `{${USAGE.slice(0, -5)}`],
    ['one that is null', '{"usage":null}'],
    ['one that is no JSON', '{"usage":{prompt_tokens:3}}'],
  ])('is none where there is %s', (_, text) => expect(tokens(text)).toBeNull());

  it('is found under the name Gemini gives it, and at the top level where Ollama puts it', () => {
    expect(
      tokens('{"candidates":[],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}}'),
    ).toEqual([3, 4]);
    expect(tokens('{"done":true,"prompt_eval_count":3,"eval_count":4}')).toEqual([3, 4]);
  });

  it('is never what a model wrote, whatever it wrote and wherever the end begins', () => {
    const piece = fc.constantFrom(
      '"usage":{"prompt_tokens":999}',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      'text',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(60), (pieces, from) => {
        const answer = JSON.stringify({ choices: [{ message: { content: pieces.join('') } }] });
        const text = `${answer.slice(0, -1)},${USAGE}}`;
        expect(tokens(text)).toEqual([3, 4]);
        expect(tokens(text.slice(Math.min(from, answer.length)))).toEqual([3, 4]);
      }),
    );
  });
});

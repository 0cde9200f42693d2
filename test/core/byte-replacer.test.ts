import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteReplacer } from '../../src-main/core/byte-replacer.ts';
import { chunkings } from './chunkings.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

function replaced(pieces: readonly Uint8Array[], needle: string, replacement: string): string {
  const replacer = byteReplacer(bytes(needle), bytes(replacement));
  const out = pieces.map((piece) => Buffer.from(replacer.push(piece)));
  return Buffer.concat([...out, Buffer.from(replacer.end())]).toString();
}

describe('a byte replacer', () => {
  it.each([
    ['abc', 'abc', '*', '*'],
    ['xabcabcx', 'abc', '*', 'x**x'],
    ['aabc', 'abc', '*', 'a*'],
    ['ababac', 'abac', '*', 'ab*'],
    ['ab', 'abc', '*', 'ab'],
    ['', 'abc', '*', ''],
    ['aaaa', 'aa', 'b', 'bb'],
    ['x', 'x', '', ''],
    ['a key: 钥匙!', '钥匙', '***', 'a key: ***!'],
  ])('replaces in %j each %j', (text, needle, replacement, expected) => {
    expect(replaced([bytes(text)], needle, replacement)).toBe(expected);
  });

  it('gives the same bytes however the stream is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, needle, chunkings, (whole, sought, cut) => {
        expect(replaced(cut(bytes(whole)), sought, '***')).toBe(whole.replaceAll(sought, '***'));
      }),
    );
  });

  it('holds back no more than could be the beginning of what it looks for', () => {
    const replacer = byteReplacer(bytes('secret'), bytes('***'));
    expect(Buffer.from(replacer.push(bytes('a long text and sec'))).toString()).toBe('a long text and ');
    expect(Buffer.from(replacer.push(bytes('ond'))).toString()).toBe('second');
    expect(replacer.end()).toHaveLength(0);
  });
});

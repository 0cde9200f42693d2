import { describe, expect, it } from 'vitest';
import { beyondBounds } from '../../src-main/core/json-bounds.ts';

const bounds = { depth: 4, values: 10 };
const judged = (text: string) => beyondBounds(new TextEncoder().encode(text), bounds);

describe('a JSON text', () => {
  it.each([
    '[[[[]]]]',
    '{"a":[[[1]]]}',
    '[{},{},{},{},{},{}]',
    '"[[[[[[[["',
    '{"a":"\\"[[[[[["}',
    '["\\\\",[],[]]',
  ])('is within its bounds: %s', (text) => expect(judged(text)).toBeNull());

  it.each(['[[[[[]]]]]', '{"a":{"a":{"a":{"a":{}}}}}', '[[[[['])('is nested too deeply: %s', (text) =>
    expect(judged(text)).toBe('depth'),
  );

  it.each(['[1,1,1,1,1,1,1,1,1,1,1,1]', '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}'])(
    'holds too many values: %s',
    (text) => expect(judged(text)).toBe('values'),
  );

  it('is judged by what it is, not by what its texts say', () => {
    expect(judged(JSON.stringify({ text: ',:[{'.repeat(1000) }))).toBeNull();
  });
});

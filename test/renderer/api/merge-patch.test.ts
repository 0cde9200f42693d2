import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergePatch as applied } from '../../../src-main/core/merge-patch.ts';
import { mergePatch } from '../../../src-renderer/api/merge-patch.ts';

/** A record as forms and answers have it: RFC 7396 cannot say that a member is `null`, so none is. */
const { record } = fc.letrec<{ record: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.oneof(fc.string(), fc.integer())),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'name'), tie('value'), { maxKeys: 4 }),
}));

describe('the patch that makes one record of another', () => {
  test('does so when the server applies it', () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        expect(applied(before, mergePatch(before, after))).toEqual(after);
      }),
    );
  });

  test('is empty where nothing changed', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(mergePatch(one, structuredClone(one))).toEqual({});
      }),
    );
  });

  test('leaves alone what only the server has', () => {
    fc.assert(
      fc.property(record, record, fc.string(), (before, after, stamp) => {
        const stored = { ...before, created_at: stamp };
        expect(applied(stored, mergePatch(before, after))).toEqual({ ...after, created_at: stamp });
      }),
    );
  });

  test.each([
    ['a member that went', { a: 1, b: 2 }, { b: 2 }, { a: null }],
    ['one that is new', {}, { a: 1 }, { a: 1 }],
    ['one within another', { a: { x: 1, y: 2 } }, { a: { x: 1, y: 3 } }, { a: { y: 3 } }],
    ['a list, which is whole', { a: [1, 2] }, { a: [1] }, { a: [1] }],
    ['one that is emptied by the form', { a: 'x' }, { a: undefined }, { a: null }],
    ['an object in place of a text', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('names %s', (_, before, after, patch) => {
    expect(mergePatch(before, after)).toEqual(patch);
  });
});

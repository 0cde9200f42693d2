import { describe, expect, test } from 'vitest';
import {
  type KeyRow,
  keyMembers,
  keyRowsOf,
  keysChanged,
  maskedKeys,
  needsStored,
  wholeKeys,
} from '../../../src-renderer/features/channels/key-rows.ts';

const one = { api_key: '***abcd' };
const two = { api_keys: ['***abcd', 'env:SECOND'] };
const NEW = 'a-new-key-of-a-test';

describe('the keys of a channel’s form', () => {
  test('are a row for each stored key, or an empty one', () => {
    expect(keyRowsOf({})).toEqual([{ row: 0, stored: null, value: '' }]);
    expect(keyRowsOf(two).map(({ stored }) => stored?.mask)).toEqual(['***abcd', 'env:SECOND']);
    // What the gateway uses where a hand wrote both.
    expect(keyRowsOf({ ...one, ...two })).toHaveLength(2);
  });

  const [first, second] = keyRowsOf(two);
  const kept = (row: KeyRow | undefined, value = ''): KeyRow[] =>
    row === undefined ? [] : [{ ...row, value }];
  const added = (value: string): KeyRow => ({ row: 9, stored: null, value });

  test.each<[string, KeyRow[], Parameters<typeof keysChanged>[1], boolean, boolean]>([
    ['nothing was entered', keyRowsOf(one), one, false, false],
    ['there is none and none was entered', keyRowsOf({}), {}, false, false],
    ['one takes the place of the only one', kept(keyRowsOf(one)[0], NEW), one, true, false],
    ['one takes the place of one of two', [...kept(first), ...kept(second, NEW)], two, true, true],
    ['one of two goes', kept(first), two, true, true],
    ['they change places', [...kept(second), ...kept(first)], two, true, true],
    ['the only one goes', [], one, true, false],
    ['one comes in addition', [...keyRowsOf(one), added(NEW)], one, true, true],
    ['a row was added and left empty', [...keyRowsOf(one), added(' ')], one, false, false],
  ])(
    'where %s, it is known whether they change and whether the stored ones are needed',
    (_, rows, stored, isChanged, isNeeded) => {
      expect([keysChanged(rows, stored), needsStored(rows, stored)]).toEqual([isChanged, isNeeded]);
    },
  );

  test('that stay are taken from the keys in full, by their place', () => {
    const rows = [...keyRowsOf(two).slice(1), { row: 2, stored: null, value: ` ${NEW} ` }];
    expect(wholeKeys(rows, ['first-in-full', 'env:SECOND'])).toEqual(['env:SECOND', NEW]);
    expect(maskedKeys(rows)).toEqual(['env:SECOND', NEW]);
  });

  test('are one member, or a list of several', () => {
    expect(keyMembers([])).toEqual({ api_key: undefined, api_keys: undefined });
    expect(keyMembers(['a'])).toEqual({ api_key: 'a', api_keys: undefined });
    expect(keyMembers(['a', 'b'])).toEqual({ api_key: undefined, api_keys: ['a', 'b'] });
  });
});

import { expect, test } from 'vitest';
import { comparableText } from '../../../src-renderer/ui/conflict-value.ts';

test.each([
  [undefined, ''],
  [null, ''],
  ['', ''],
  ['Ada', 'Ada'],
  [false, 'false'],
  [['one', 'two'], 'one\ntwo'],
  [[{ id: 'one', priority: 1 }], '{"id":"one","priority":1}'],
  [{ burst: 3, quota: [{ per: 'day' }], note: 'x' }, 'burst: 3\nquota: [{"per":"day"}]\nnote: x'],
])('%j can be compared by eye', (value, text) => {
  expect(comparableText(value)).toBe(text);
});

import { expect, test } from 'vitest';
import { rotatedKey } from '../../src-main/core/rotated-key.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const RECORD = { key: 'old', user: 'ann', name: 'laptop' };

test('the old key stays for the time of grace, beside those that are still valid', () => {
  const previous = [
    { key: 'over', expires_at: '2025-12-31T23:59:59Z' },
    { key: 'just-over', expires_at: '2026-01-01T01:00:00+01:00' },
    { key: 'valid', expires_at: '2026-01-01T00:00:01Z' },
  ];
  expect(rotatedKey({ ...RECORD, previous }, 'new', NOW, 60)).toEqual({
    ...RECORD,
    key: 'new',
    previous: [previous[2], { key: 'old', expires_at: '2026-01-01T00:01:00.000Z' }],
  });
});

test('without grace nothing is left of the old key', () => {
  expect(rotatedKey(RECORD, 'new', NOW, 0)).toEqual({ ...RECORD, key: 'new' });
});

import { describe, expect, test } from 'vitest';
import { graceOf } from '../../../src-renderer/features/keys/grace.ts';
import { keyStateOf, validPrevious } from '../../../src-renderer/features/keys/key-state.ts';
import { isNarrowed, listQuestionOf } from '../../../src-renderer/features/keys/list-question.ts';

const NOW = Date.parse('2026-06-15T12:00:30Z');

describe('the state of a Proxy-Key', () => {
  test.each([
    ['without a word about it', {}, 'active'],
    ['that ends in a month', { expires_at: '2026-07-15T12:00:00Z' }, 'active'],
    ['that ends this week', { expires_at: '2026-06-20T12:00:00Z' }, 'expiring'],
    ['that has ended, in another time zone', { expires_at: '2026-06-15T14:00:30+02:00' }, 'expired'],
    [
      'that is disabled, whenever it ends',
      { status: 'disabled', expires_at: '2026-06-20T12:00:00Z' },
      'disabled',
    ],
  ] as const)('%s', (_, record, state) => {
    expect(keyStateOf(record, NOW)).toBe(state);
  });

  test('counts no key before it whose time is over', () => {
    const over = { key: '***aaaa', expires_at: '2026-06-15T12:00:00Z' };
    const valid = { key: '***bbbb', expires_at: '2026-06-16T12:00:00Z' };
    expect(validPrevious({ previous: [over, valid] }, NOW)).toEqual([valid]);
  });
});

describe('the list of Proxy-Keys', () => {
  const values = { search: '', user: '', channel: '', status: '', sort: '', page: '', per_page: '' };

  test.each([
    ['', ''],
    ['disabled', 'disabled'],
    ['user_disabled', 'user_disabled'],
    ['expired', 'expired'],
    ['active', 'active'],
    ['nonsense', ''],
  ])('asks with the status "%s" for the state "%s"', (status, expected) => {
    expect(listQuestionOf({ ...values, status }).state).toBe(expected);
  });

  test.each([
    ['', 1],
    ['3', 3],
    ['-2', 1],
    ['x', 1],
  ])('takes "%s" for page %i', (page, expected) => {
    expect(listQuestionOf({ ...values, page }).page).toBe(expected);
  });

  test('is narrowed by filters and searches, not by its order', () => {
    expect(isNarrowed({ ...values, sort: '-name', page: '2' })).toBe(false);
    expect(isNarrowed({ ...values, channel: 'a' })).toBe(true);
  });
});

describe('the time for which an old key stays valid', () => {
  test.each([
    ['0', '', 0],
    ['86400', '', 86_400],
    ['custom', 2, 172_800],
    ['custom', 0.5, null],
    ['custom', 91, null],
    ['custom', '', null],
  ] as const)('chosen as %s with %s days is %s s', (choice, days, expected) => {
    expect(graceOf(choice, days)).toBe(expected);
  });
});

import { describe, expect, test } from 'vitest';
import {
  filterOf,
  furtherFilters,
  isFiltered,
  isOpenEnded,
  LOG_ADDRESS,
  type LogAddress,
  logPath,
  questionOf,
} from '../../../src-renderer/features/requests/request-filter.ts';

// Made of exactly these names.
const NOTHING = Object.fromEntries(LOG_ADDRESS.map((name) => [name, ''])) as LogAddress;
const NOW = Date.UTC(2026, 10, 21, 12);
const address = (members: Partial<LogAddress>): LogAddress => ({ ...NOTHING, ...members });

describe('the question to the log', () => {
  test.each<[Partial<LogAddress>, Record<string, string>]>([
    [{}, {}],
    [
      { user: 'usr_1', model: 'm', live: 'off' },
      { user: 'usr_1', model: 'm' },
    ],
    [{ status: '502' }, { status: '502' }],
    [{ status: '50' }, {}],
    [{ status: 'x' }, {}],
    [{ range: '1h' }, { start_time: '2026-11-21T11:00:00.000Z' }],
    [{ range: 'forever' }, {}],
    [
      { start_time: '2026-11-20T00:00:00Z', end_time: '2026-11-21T00:00:00Z' },
      { start_time: '2026-11-20T00:00:00.000Z', end_time: '2026-11-21T00:00:00.000Z' },
    ],
    [{ start_time: 'yesterday' }, {}],
  ])('for %j is %j', (members, question) => {
    expect(questionOf(address(members), NOW)).toEqual(question);
  });

  test('knows whether new requests can belong to it', () => {
    expect(isOpenEnded(address({ range: '24h' }))).toBe(true);
    expect(isOpenEnded(address({ start_time: '2026-11-20T00:00:00Z' }))).toBe(true);
    expect(isOpenEnded(address({ end_time: '2026-11-20T00:00:00Z' }))).toBe(false);
  });

  test('tells a filter from none', () => {
    expect([isFiltered(address({ live: 'off' })), isFiltered(address({ range: '1h' }))]).toEqual([
      false,
      true,
    ]);
    expect(furtherFilters(address({ model: 'm', status: '5', user: 'u' }))).toBe(2);
    expect(filterOf(address({ range: '1h', text: 'a' }))).toEqual({ text: 'a' });
  });

  test('can be linked to', () => {
    expect(logPath({ error_code: 'a b', user: null })).toBe('/requests?error_code=a+b');
  });
});

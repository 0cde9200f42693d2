import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '../../../src-renderer/api/live-feed.ts';
import {
  joinedRows,
  MOST_LIVE_ROWS,
  NO_LIVE_ROWS,
  released,
  withNews,
} from '../../../src-renderer/features/requests/live-rows.ts';
import { loggedRequest } from '../../support/logged-request.ts';

const some = (from: number, count: number): LoggedRequest[] =>
  Array.from({ length: count }, (_, at) => loggedRequest({ request_id: `r${from + at}` }));
const ids = (rows: readonly LoggedRequest[]): string[] => rows.map(({ request_id }) => request_id);

describe('live requests', () => {
  test('come in newest first', () => {
    const live = withNews(withNews(NO_LIVE_ROWS, some(1, 2), 0, false), some(3, 1), 0, false);
    expect(ids(live.rows)).toEqual(['r3', 'r2', 'r1']);
  });

  test('wait while somebody reads further down, and are counted', () => {
    const before = withNews(NO_LIVE_ROWS, some(1, 1), 0, false);
    const held = withNews(withNews(before, some(2, 2), 0, true), some(4, 1), 0, true);
    expect([ids(held.rows), held.heldCount]).toEqual([['r1'], 3]);
    const shown = released(held);
    expect([ids(shown.rows), shown.heldCount, shown.isCut]).toEqual([['r4', 'r3', 'r2', 'r1'], 0, false]);
  });

  test('are never more than a thousand, and say so', () => {
    const many = withNews(NO_LIVE_ROWS, some(1, MOST_LIVE_ROWS), 0, false);
    expect(many.isCut).toBe(false);
    const more = withNews(many, some(2001, 1), 7, false);
    expect([more.rows.length, more.rows[0]?.request_id, more.isCut, more.skipped]).toEqual([
      MOST_LIVE_ROWS,
      'r2001',
      true,
      7,
    ]);
    const held = withNews(NO_LIVE_ROWS, some(1, MOST_LIVE_ROWS + 5), 0, true);
    expect([held.held.length, held.heldCount, released(held).isCut]).toEqual([MOST_LIVE_ROWS, 1005, true]);
  });

  test('stand before the log, each request once', () => {
    const live = withNews(NO_LIVE_ROWS, some(2, 2), 0, false);
    expect(ids(joinedRows(live, some(1, 2).toReversed()))).toEqual(['r3', 'r2', 'r1']);
    expect(ids(joinedRows(NO_LIVE_ROWS, some(1, 1)))).toEqual(['r1']);
  });

  test('stand alone where the log would not follow on', () => {
    const cut = withNews(NO_LIVE_ROWS, some(1, MOST_LIVE_ROWS + 1), 0, false);
    expect(joinedRows(cut, some(5000, 3))).toHaveLength(MOST_LIVE_ROWS);
  });
});

import { describe, expect, it } from 'vitest';
import { startOfDate } from '../../src-main/core/local-date.ts';

const text = (date: string, zone: string) => {
  const ms = startOfDate(date, zone);
  return ms === null ? null : new Date(ms).toISOString();
};

describe('the start of a date', () => {
  it.each([
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21', 'Asia/Shanghai', '2026-11-20T16:00:00.000Z'],
    ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00.000Z'],
    ['2026-11-21', 'Etc/GMT+12', '2026-11-21T12:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ])('%s in %s', (date, zone, expected) => {
    expect(text(date, zone)).toBe(expected);
  });

  it.each([
    ['2026-02-30', 'UTC'],
    ['2026-13-01', 'UTC'],
    ['26-01-01', 'UTC'],
    ['2026-1-1', 'UTC'],
    ['tomorrow', 'UTC'],
    // The island went from the 29th to the 31st.
    ['2011-12-30', 'Pacific/Apia'],
  ])('is none for %s in %s', (date, zone) => {
    expect(startOfDate(date, zone)).toBeNull();
  });
});

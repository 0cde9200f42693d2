import { describe, expect, it } from 'vitest';
import { dailyLogOnFakes, NOON } from '../../support/daily-log-on-fakes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAR_MS = 400 * DAY_MS;
const FILES = { 't-2026-01-20.jsonl': 'kept\n', 't-2026-01-30.jsonl': 'yesterday\n' };

describe('a clock that jumps', () => {
  it('400 days ahead and back deletes no file, whatever is written meanwhile', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes({ retentionDays: 30 }, FILES);
    await log.flush();
    clock.setNow(NOON + FAR_MS);
    log.append('far ahead');
    await log.flush();
    await clock.advanceAsync(3 * HOUR_MS);
    clock.setNow(NOON + 3 * HOUR_MS);
    log.append('back');
    await log.flush();
    await clock.advanceAsync(3 * HOUR_MS);
    expect([...disk.files.keys()].sort()).toEqual([
      't-2026-01-20.jsonl',
      't-2026-01-30.jsonl',
      't-2026-01-31.jsonl',
      't-2027-03-07.jsonl',
    ]);
    expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('the clock was set')]);
  });

  it('and stays there deletes what is old once it has run on for a day', async () => {
    const { log, clock, disk } = dailyLogOnFakes({ retentionDays: 30 }, FILES);
    await log.flush();
    clock.setNow(NOON + FAR_MS);
    await clock.advanceAsync(23 * HOUR_MS);
    expect(disk.files.has('t-2026-01-20.jsonl')).toBe(true);
    await clock.advanceAsync(3 * HOUR_MS);
    expect([...disk.files.keys()]).toEqual([]);
  });

  it('by half an hour changes nothing', async () => {
    const { log, clock, disk } = dailyLogOnFakes({ retentionDays: 5 }, FILES);
    clock.setNow(NOON + HOUR_MS / 2);
    await log.flush();
    expect([...disk.files.keys()]).toEqual(['t-2026-01-30.jsonl']);
  });
});

describe('a start with a clock far ahead of the newest file', () => {
  const FUTURE = { 't-2024-12-01.jsonl': 'real\n', 't-2024-12-02.jsonl': 'real\n' };

  it('deletes nothing before a day is over', async () => {
    const { log, clock, disk } = dailyLogOnFakes({ retentionDays: 30 }, FUTURE);
    await log.flush();
    expect(disk.files.size).toBe(2);
    await clock.advanceAsync(22 * HOUR_MS);
    expect(disk.files.size).toBe(2);
    await clock.advanceAsync(4 * HOUR_MS);
    expect(disk.files.size).toBe(0);
  });

  it('believes no file that an earlier such run wrote today', async () => {
    const { log, disk } = dailyLogOnFakes(
      { retentionDays: 30 },
      { ...FUTURE, 't-2026-01-31.jsonl': 'ahead\n' },
    );
    await log.flush();
    expect(disk.files.size).toBe(3);
  });
});

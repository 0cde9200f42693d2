import { describe, expect, it } from 'vitest';
import { dailyLogOnFakes, NOON } from '../../support/daily-log-on-fakes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('a log with a file a day', () => {
  it('gathers lines and writes them together a moment later', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    await log.flush();
    log.append('one');
    log.append('two');
    await clock.advanceAsync(24);
    expect(disk.files.size).toBe(0);
    await clock.advanceAsync(1);
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('one\ntwo\n');
  });

  it('has everything appended so far in its file after a flush', async () => {
    const { log, disk } = dailyLogOnFakes();
    log.append('one');
    await log.flush();
    log.append('two');
    await log.flush();
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('one\ntwo\n');
  });

  it('keeps the order and every byte of many lines of any length', async () => {
    const { log, disk } = dailyLogOnFakes();
    const lines = Array.from(
      { length: 3000 },
      (_, n) => `${n} ${'张é😀x'.repeat(n % 97)}${n === 1500 ? 'y'.repeat(400_000) : ''}`,
    );
    for (const line of lines) log.append(line);
    await log.flush();
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe(`${lines.join('\n')}\n`);
  });

  it('does not wait for its moment where lines come fast', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    for (let n = 0; n < 1100; n += 1) log.append('x'.repeat(1023));
    await clock.advanceAsync(0);
    expect(disk.files.get('t-2026-01-31.jsonl')?.length).toBeGreaterThan(1000 * 1024);
  });

  it('takes lines while a write is under way, and writes them after it', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    const { promise, resolve } = Promise.withResolvers<void>();
    disk.hold = promise;
    log.append('one');
    await clock.advanceAsync(25);
    log.append('two');
    await clock.advanceAsync(1000);
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('');
    resolve();
    await log.flush();
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('one\ntwo\n');
  });

  it('takes nothing more once it is closed, and leaves no timer and no file open', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    log.append('one');
    const closing = log.close();
    log.append('two');
    log.configure({ retentionDays: 1 });
    await closing;
    await log.close();
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('one\n');
    expect([clock.pending, disk.openNames.size]).toEqual([0, 0]);
  });
});

describe('the change of files', () => {
  it('happens at midnight of its time zone, for the line that comes then', async () => {
    const { log, clock, disk } = dailyLogOnFakes({ timeZone: 'Asia/Shanghai' });
    clock.setNow(Date.parse('2026-01-31T15:59:59.999Z'));
    log.append('before');
    clock.setNow(Date.parse('2026-01-31T16:00:00Z'));
    log.append('after');
    await log.flush();
    expect([...disk.files]).toEqual([
      ['t-2026-01-31.jsonl', 'before\n'],
      ['t-2026-02-01.jsonl', 'after\n'],
    ]);
    expect([...disk.openNames]).toEqual(['t-2026-02-01.jsonl']);
  });

  it('follows a wall clock that is set back', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    clock.setNow(NOON + DAY_MS);
    log.append('tomorrow');
    clock.setNow(NOON);
    log.append('today');
    await log.flush();
    expect(Object.fromEntries(disk.files)).toEqual({
      't-2026-02-01.jsonl': 'tomorrow\n',
      't-2026-01-31.jsonl': 'today\n',
    });
  });

  it('happens when a file has grown to its limit, between two lines', async () => {
    const { log, disk } = dailyLogOnFakes({ largestBytes: 10 });
    for (const line of ['first', 'second', 'third', 'fourth']) {
      log.append(line);
      await log.flush();
    }
    expect(Object.fromEntries(disk.files)).toEqual({
      't-2026-01-31.jsonl': 'first\nsecond\n',
      't-2026-01-31.1.jsonl': 'third\nfourth\n',
    });
  });

  it('goes on with the newest part after a restart', async () => {
    const files = {
      't-2026-01-31.jsonl': 'a\n',
      't-2026-01-31.2.jsonl': 'b\n',
      't-2026-01-31.10.jsonl': 'c\n',
    };
    const { log, disk } = dailyLogOnFakes({}, files);
    log.append('d');
    await log.flush();
    expect(disk.files.get('t-2026-01-31.10.jsonl')).toBe('c\nd\n');
  });
});

describe('the settings of a log', () => {
  it('name a zone only after the start, and a torn line of the day there is completed all the same', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes({}, { 't-2026-02-01.jsonl': '{"a":' });
    clock.setNow(Date.parse('2026-01-31T20:00:00Z'));
    await log.flush();
    log.configure({ timeZone: 'Asia/Shanghai' });
    await log.flush();
    expect([disk.files.get('t-2026-02-01.jsonl'), said.length]).toEqual(['{"a":\n', 1]);
    await log.close();
  });

  it('cost nothing where they have not changed', async () => {
    const { log, clock } = dailyLogOnFakes({ retentionDays: 7 });
    await log.flush();
    const waiting = clock.pending;
    log.configure({ timeZone: 'UTC', retentionDays: 7 });
    expect(clock.pending).toBe(waiting);
  });

  it('change the time zone at once', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    clock.setNow(Date.parse('2026-01-31T20:00:00Z'));
    log.configure({ timeZone: 'Asia/Shanghai' });
    log.append('x');
    await log.flush();
    expect([...disk.files.keys()]).toEqual(['t-2026-02-01.jsonl']);
  });

  it('mean the zone of the computer where there is no such zone, which is said', async () => {
    const { log, said } = dailyLogOnFakes({ timeZone: 'Mars/Olympus' });
    await log.close();
    expect(said).toMatchObject([{ fields: { time_zone: 'Mars/Olympus' } }]);
  });
});

describe('retention', () => {
  const files = {
    't-2026-01-28.jsonl': 'too old\n',
    't-2026-01-28.1.jsonl': 'too old\n',
    't-2026-01-29.jsonl': 'old enough\n',
    'u-2026-01-01.jsonl': 'of another log\n',
    't-2026-01-01.jsonl.bak': 'of the admin\n',
    't-notes.jsonl': 'of the admin\n',
    't2-2026-01-01.jsonl': 'of another log\n',
  };

  it('deletes its own files of days that are over, at the start, and nothing else', async () => {
    const { log, disk } = dailyLogOnFakes({ retentionDays: 2 }, files);
    await log.flush();
    expect([...disk.files.keys()]).toEqual(Object.keys(files).slice(2));
  });

  it('goes on while nothing is written', async () => {
    const { clock, disk } = dailyLogOnFakes({ retentionDays: 2 }, files);
    await clock.advanceAsync(12 * HOUR_MS);
    expect(disk.files.has('t-2026-01-29.jsonl')).toBe(false);
  });

  it('follows a new setting at once', async () => {
    const { log, clock, disk } = dailyLogOnFakes({}, files);
    await log.flush();
    expect(disk.files.size).toBe(7);
    log.configure({ timeZone: 'UTC', retentionDays: 1 });
    await clock.advanceAsync(0);
    expect(disk.files.has('t-2026-01-29.jsonl')).toBe(false);
  });

  it('is thirty days again when the setting is taken away', async () => {
    const old = { 't-2026-01-01.jsonl': 'thirty days old\n', 't-2025-12-31.jsonl': 'older\n' };
    const { log, disk } = dailyLogOnFakes({ retentionDays: 365 }, old);
    await log.flush();
    expect(disk.files.size).toBe(2);
    log.configure({ timeZone: 'UTC' });
    await log.flush();
    expect([...disk.files.keys()]).toEqual(['t-2026-01-01.jsonl']);
  });

  it('waits for the settings: those who keep a year lose nothing at the start', async () => {
    const { log, clock, disk } = dailyLogOnFakes({}, { 't-2025-06-01.jsonl': 'months old\n' });
    await clock.advanceAsync(HOUR_MS);
    log.configure({ timeZone: 'UTC', retentionDays: 365 });
    await log.flush();
    expect(disk.files.size).toBe(1);
  });

  it('that is refused by the disk is said, and the log is written all the same', async () => {
    const { log, disk, said } = dailyLogOnFakes({ retentionDays: 2 }, files);
    disk.remove = () => Promise.reject(Object.assign(new Error('no'), { code: 'EPERM' }));
    log.append('x');
    await log.flush();
    expect(disk.files.get('t-2026-01-31.jsonl')).toBe('x\n');
    expect(said).toMatchObject([{ fields: { log: 't', files: 2, reason: 'EPERM' } }]);
  });
});

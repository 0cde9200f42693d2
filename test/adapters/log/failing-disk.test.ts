import { describe, expect, it } from 'vitest';
import { dailyLogOnFakes } from '../../support/daily-log-on-fakes.ts';

const TODAY = 't-2026-01-31.jsonl';

describe('a log whose disk fails', () => {
  it('keeps the lines and writes them all, in order, when the disk is back', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes();
    disk.failWith = 'EIO';
    log.append('one');
    await clock.advanceAsync(25);
    log.append('two');
    await clock.advanceAsync(5000);
    expect(disk.files.get(TODAY)).toBe('');
    disk.failWith = null;
    await clock.advanceAsync(1000);
    expect(disk.files.get(TODAY)).toBe('one\ntwo\n');
    expect(said).toMatchObject([
      {
        message: expect.stringContaining('cannot be written'),
        fields: { log: 't', reason: 'EIO', waiting_lines: 1 },
      },
      { message: expect.stringContaining('written again'), fields: { failed_for_s: 6, dropped_lines: 0 } },
    ]);
  });

  it('goes on in the middle of a line where a full disk stopped it', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    disk.freeBytes = 6;
    log.append('first');
    log.append('second');
    log.append('third');
    await clock.advanceAsync(25);
    disk.freeBytes = 3;
    await clock.advanceAsync(1000);
    expect(disk.files.get(TODAY)).toBe('first\nsec');
    disk.freeBytes = 1000;
    await clock.advanceAsync(1000);
    expect(disk.files.get(TODAY)).toBe('first\nsecond\nthird\n');
  });

  it('begins the line anew where the file it was writing to is gone meanwhile', async () => {
    const { log, clock, disk } = dailyLogOnFakes();
    disk.freeBytes = 9;
    log.append('first');
    log.append('second');
    await clock.advanceAsync(25);
    expect(disk.files.get(TODAY)).toBe('first\nsec');
    disk.files.delete(TODAY);
    disk.freeBytes = 1000;
    await clock.advanceAsync(1000);
    expect(disk.files.get(TODAY)).toBe('second\n');
  });
});

describe('a log whose disk keeps failing', () => {
  it('drops and counts what goes beyond its memory, and says so when it begins and when it is over', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes({ waitingLimitBytes: 10_000 });
    disk.failWith = 'ENOSPC';
    log.append('x'.repeat(999));
    await clock.advanceAsync(25);
    for (let n = 0; n < 20; n += 1) log.append('x'.repeat(999));
    await clock.advanceAsync(61_000);
    disk.failWith = null;
    await clock.advanceAsync(1000);
    const written = (disk.files.get(TODAY)?.length ?? 0) / 1000;
    expect(written).toBe(10);
    expect(said.at(-1)?.fields).toMatchObject({ dropped_lines: 21 - written });
    expect(said.map(({ message }) => message.split(';')[0])).toEqual([
      'the log cannot be written',
      'the disk does not keep up with the log',
      'the log cannot be written',
      'the log is written again',
    ]);
  });

  it('says that it drops lines where the disk is only too slow', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes({ waitingLimitBytes: 5000 });
    const { promise, resolve } = Promise.withResolvers<void>();
    disk.hold = promise;
    log.append('x'.repeat(999));
    await clock.advanceAsync(25);
    for (let n = 0; n < 10; n += 1) log.append('x'.repeat(999));
    resolve();
    await log.flush();
    expect(said).toMatchObject([
      { message: expect.stringContaining('does not keep up'), fields: { log: 't', dropped_lines: 1 } },
      { message: expect.stringContaining('written again'), fields: { dropped_lines: 5 } },
    ]);
  });

  it('reminds once a minute, not with every attempt', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes();
    disk.failWith = 'EIO';
    log.append('one');
    await clock.advanceAsync(150_000);
    expect(said).toHaveLength(3);
  });
});

describe('a log that is closed while its disk fails', () => {
  it('closes all the same, and says what was lost', async () => {
    const { log, clock, disk, said } = dailyLogOnFakes();
    disk.failWith = 'EIO';
    log.append('one');
    log.append('two');
    await log.close();
    expect(said.at(-1)).toMatchObject({
      message: expect.stringContaining('last lines'),
      fields: { lost_lines: 2 },
    });
    expect([clock.pending, disk.openNames.size]).toEqual([0, 0]);
  });

  it('says so where the disk only refuses to confirm', async () => {
    const { log, disk, said } = dailyLogOnFakes();
    log.append('one');
    await log.flush();
    disk.failWith = 'EIO';
    await log.close();
    expect(said).toMatchObject([
      { message: expect.stringContaining('closed properly'), fields: { reason: 'EIO' } },
    ]);
  });
});

describe('a file that is not as the log left it', () => {
  it('with a torn last line gets its line end at the start, and this is said', async () => {
    const { log, disk, said } = dailyLogOnFakes({}, { [TODAY]: '{"a":1}\n{"a":' });
    log.append('{"a":3}');
    await log.flush();
    expect(disk.files.get(TODAY)).toBe('{"a":1}\n{"a":\n{"a":3}\n');
    expect(said).toMatchObject([{ message: expect.stringContaining('cut off'), fields: { file: TODAY } }]);
  });

  it('is left alone where its last line is whole or it is empty', async () => {
    for (const content of ['', '{"a":1}\n']) {
      const { log, disk, said } = dailyLogOnFakes({}, { [TODAY]: content });
      log.append('x');
      await log.flush();
      expect(disk.files.get(TODAY)).toBe(`${content}x\n`);
      expect(said).toEqual([]);
    }
  });

  it('is made anew when somebody deletes it', async () => {
    const { log, disk } = dailyLogOnFakes();
    log.append('one');
    await log.flush();
    disk.files.delete(TODAY);
    log.append('two');
    await log.flush();
    expect(disk.files.get(TODAY)).toBe('two\n');
  });
});

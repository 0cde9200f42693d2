import { describe, expect, it } from 'vitest';
import { dailyLogOnFakes } from '../../support/daily-log-on-fakes.ts';

const FILE = 't-2026-01-31.jsonl';
const NEXT = 't-2026-02-01.jsonl';

describe('a mark in a log', () => {
  it('is behind every line that was appended before it, and before every other', async () => {
    const { log, disk } = dailyLogOnFakes();
    log.append('one');
    const first = log.mark();
    log.append('two');
    const second = log.mark();
    log.append('three');
    expect(await first).toEqual({ [FILE]: 4 });
    expect(await second).toEqual({ [FILE]: 8 });
    await log.flush();
    expect(disk.files.get(FILE)).toBe('one\ntwo\nthree\n');
  });

  it('does not wait for the next write', async () => {
    const { log } = dailyLogOnFakes();
    log.append('one');
    expect(await log.mark()).toEqual({ [FILE]: 4 });
    expect(await log.mark()).toEqual({ [FILE]: 4 });
  });

  it('tells bytes, not characters', async () => {
    const { log } = dailyLogOnFakes();
    log.append('"é€😀"');
    expect(await log.mark()).toEqual({ [FILE]: 12 });
  });

  it('counts what was in the file already, and the end of a line that a crash has torn', async () => {
    const { log } = dailyLogOnFakes({}, { [FILE]: 'whole\ntor' });
    log.append('one');
    expect(await log.mark()).toEqual({ [FILE]: 6 + 4 + 4 });
  });

  it('is nowhere where nothing was written', async () => {
    const { log } = dailyLogOnFakes();
    expect(await log.mark()).toEqual({});
  });

  it('names each file that was written to, as the days go by', async () => {
    const { log, clock } = dailyLogOnFakes();
    log.append('one');
    await clock.advanceAsync(12 * 3_600_000);
    log.append('two, longer');
    expect(await log.mark()).toEqual({ [FILE]: 4, [NEXT]: 12 });
  });
});

describe('a mark in a log whose disk has trouble', () => {
  it('is null while the disk fails, and where it should be afterwards', async () => {
    const { log, disk } = dailyLogOnFakes();
    disk.failWith = 'ENOSPC';
    log.append('one');
    const [first, second] = [log.mark(), log.mark()];
    expect([await first, await second]).toEqual([null, null]);
    log.append('two');
    expect(await log.mark()).toBeNull();
    disk.failWith = null;
    const third = log.mark();
    log.append('three');
    expect(await third).toEqual({ [FILE]: 8 });
  });

  it('stays right where a write took only a part of what it was given', async () => {
    const { log, disk } = dailyLogOnFakes();
    disk.freeBytes = 6;
    log.append('one');
    log.append('two');
    expect(await log.mark()).toBeNull();
    disk.freeBytes = 100;
    expect(await log.mark()).toEqual({ [FILE]: 8 });
    expect(disk.files.get(FILE)).toBe('one\ntwo\n');
  });

  it('does not wait for lines that come while it waits', async () => {
    const { log, disk } = dailyLogOnFakes();
    let go: () => void = () => undefined;
    disk.hold = new Promise((resolve) => {
      go = resolve;
    });
    log.append('one');
    const marked = log.mark();
    for (let line = 0; line < 50_000; line++) log.append('more and more');
    disk.hold = null;
    go();
    expect(await marked).toEqual({ [FILE]: 4 });
  });

  it('starts a file anew that somebody has deleted', async () => {
    const { log, disk } = dailyLogOnFakes();
    log.append('one');
    await log.mark();
    disk.files.delete(FILE);
    log.append('longer');
    expect(await log.mark()).toEqual({ [FILE]: 7 });
  });
});

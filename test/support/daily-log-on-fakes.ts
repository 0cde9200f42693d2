import { DailyLog, type DailyLogOptions } from '../../src-main/adapters/log/daily-log.ts';
import type { LogFields } from '../../src-main/core/ports.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeLogDisk, type FakeLogDisk } from './fake-log-disk.ts';

export interface Said {
  readonly message: string;
  readonly fields: LogFields;
}

export interface DailyLogOnFakes {
  readonly log: DailyLog;
  readonly clock: FakeClock;
  readonly disk: FakeLogDisk;
  /** What the log told the admin. */
  readonly said: Said[];
}

/** Noon in UTC, the zone these logs live in unless a test says otherwise. */
export const NOON = Date.UTC(2026, 0, 31, 12);

/** A log `t` on a disk in memory and a clock that stands still. */
export function dailyLogOnFakes(
  options: Partial<DailyLogOptions> = {},
  files: Readonly<Record<string, string>> = {},
): DailyLogOnFakes {
  const clock = createFakeClock(NOON);
  const disk = createFakeLogDisk();
  for (const [name, content] of Object.entries(files)) disk.files.set(name, content);
  const said: Said[] = [];
  const log = new DailyLog({
    folder: '/logs',
    prefix: 't',
    clock,
    timeZone: 'UTC',
    disk,
    onProblem: (message, fields) => said.push({ message, fields }),
    ...options,
  });
  return { log, clock, disk, said };
}

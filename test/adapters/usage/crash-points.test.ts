import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOnlyUsage } from '../../../src-main/adapters/usage/read-only-usage.ts';
import type { RequestRecord } from '../../../src-main/contract/request-record.ts';
import type { UsageStatistics } from '../../../src-main/core/control-ports.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { DyingUsageDisk, FailingUsageDisk, Killed } from '../../support/dying-usage-disk.ts';
import { LoggedUsage } from '../../support/logged-usage.ts';
import { aRecord } from '../../support/request-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { aQuestion } from '../../support/usage-records.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let cleanUp: CleanUp;
beforeEach(() => {
  cleanUp = createCleanUp();
});
afterEach(() => cleanUp.run());

/** Requests that ended in the middle of an hour so many after noon; each adds another amount of tokens. */
function ended(before: number, hours: readonly number[]): RequestRecord[] {
  return hours.map((hour, at) => {
    const made = before + at + 1;
    return aRecord({
      time: NOON + hour * HOUR,
      latency_ms: 1_800_000,
      user: `u${made % 3}`,
      tokens_in: made,
    });
  });
}

/** Everything that is written in the life of a data folder: hours that go on, begin, come late; days; months; a stop. */
async function live(run: LoggedUsage, recorded: RequestRecord[], disk = 'dies'): Promise<void> {
  const settle = async (nowMs: number, isLast = false): Promise<void> => {
    const settled = run.settle(nowMs, isLast);
    await (disk === 'fails' ? settled.catch(() => undefined) : settled);
  };
  const record = async (...hours: readonly number[]): Promise<void> => {
    const records = ended(recorded.length, hours);
    recorded.push(...records);
    await run.record(records);
  };
  await run.open();
  await record(0, 0);
  await settle(NOON);
  await record(0);
  await settle(NOON);
  await record(0, 1, 0, 1);
  await settle(NOON);
  await record(-1);
  await settle(NOON);
  await record(1, 2);
  await run.add();
  await record(2);
  await settle(NOON);
  await record(24, 25);
  await settle(NOON + DAY);
  await record(0, 24);
  await settle(NOON + DAY + HOUR);
  await record(2 * 24);
  await settle(NOON + 2 * DAY);
  await record(9 * 24);
  await settle(NOON + 9 * DAY);
  await record(0, 9 * 24);
  await settle(NOON + 10 * DAY);
  await record(200 * 24, -1);
  await settle(NOON + 200 * DAY);
  await record(200 * 24, 200 * 24);
  await settle(NOON + 201 * DAY, true);
  await record(200 * 24);
}

/** Requests and tokens by user and by day, which hold through all putting together of hours. */
async function countsOf(
  run: Pick<UsageStatistics, 'report'>,
): Promise<readonly (readonly [string | undefined, number, number])[]> {
  const { groups, total } = await run.report(aQuestion({ by: ['user'] }));
  const sums = groups.map(({ group, requests, tokens_in }) => [group.user, requests, tokens_in] as const);
  return [...sums.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)), ['all', total.requests, total.tokens_in]];
}

function expected(records: readonly RequestRecord[]): readonly (readonly [string, number, number])[] {
  const users = [...new Set(records.map(({ user }) => user ?? ''))].sort();
  const row = (name: string, some: readonly RequestRecord[]) =>
    [name, some.length, some.reduce((sum, { tokens_in }) => sum + (tokens_in ?? 0), 0)] as const;
  return [
    ...users.map((user) =>
      row(
        user,
        records.filter((record) => record.user === user),
      ),
    ),
    row('all', records),
  ];
}

const AT_ONCE = 8;

/** Tries every step until one is behind the last. @returns how many there are */
async function eachStep(attempt: (step: number) => Promise<boolean>): Promise<number> {
  for (let first = 0; ; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, at) => attempt(first + at));
    const last = (await Promise.all(tries)).indexOf(false);
    if (last >= 0) return first + last;
  }
}

async function dieBehind(step: number): Promise<boolean> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const recorded: RequestRecord[] = [];
  const killed = await live(new LoggedUsage(folder.path, new DyingUsageDisk(step)), recorded).then(
    () => false,
    (error: unknown) => {
      if (error instanceof Killed) return true;
      throw error;
    },
  );
  // Who only reads sees all of it, whatever was left half done.
  const problems: string[] = [];
  const reader = readOnlyUsage({
    dataDir: folder.path,
    timeZone: 'UTC',
    models: [],
    onProblem: (message) => problems.push(message),
  });
  expect([step, await countsOf(reader), problems]).toEqual([step, expected(recorded), []]);
  const next = new LoggedUsage(folder.path);
  await next.open();
  expect([step, await countsOf(next)]).toEqual([step, expected(recorded)]);
  expect(next.said).toEqual([]);
  // What the next start has written holds as well.
  const third = new LoggedUsage(folder.path);
  expect([step, await third.open()]).toEqual([step, 0]);
  expect([step, await countsOf(third)]).toEqual([step, expected(recorded)]);
  return killed;
}

describe('a program that is killed', () => {
  it('behind any step of all it writes has each request counted once at the next start', async () => {
    expect(await eachStep(dieBehind)).toBeGreaterThan(40);
  });

  it('while it catches up after being killed has each request counted once all the same', async () => {
    for (let step = 0; step < 12; step++) {
      const folder = await tempFolder();
      cleanUp.add(() => folder.remove());
      const recorded: RequestRecord[] = [];
      await live(new LoggedUsage(folder.path, new DyingUsageDisk(8)), recorded).catch(() => undefined);
      await new LoggedUsage(folder.path, new DyingUsageDisk(step)).open().catch(() => undefined);
      const next = new LoggedUsage(folder.path);
      await next.open();
      expect(await countsOf(next)).toEqual(expected(recorded));
    }
  });
});

describe('a disk that fails once', () => {
  async function failAt(step: number, isDone: boolean): Promise<boolean> {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const disk = new FailingUsageDisk(step, isDone);
    const run = new LoggedUsage(folder.path, disk);
    const recorded: RequestRecord[] = [];
    await live(run, recorded, 'fails');
    await run.add();
    expect([step, isDone, await countsOf(run)]).toEqual([step, isDone, expected(recorded)]);
    const next = new LoggedUsage(folder.path);
    await next.open();
    expect([step, isDone, await countsOf(next)]).toEqual([step, isDone, expected(recorded)]);
    return disk.hasFailed;
  }

  it('at any step costs no request, neither now nor after a crash', async () => {
    expect(await eachStep((step) => failAt(step, false))).toBeGreaterThan(40);
  });

  it('at any step that it did all the same, as where a sync fails, costs none either', async () => {
    expect(await eachStep((step) => failAt(step, true))).toBeGreaterThan(40);
  });
});

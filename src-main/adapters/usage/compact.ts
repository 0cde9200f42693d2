import type { NamedPeriod } from '../../core/usage/period-name.ts';
import type { PeriodRows, UsageLedger } from './usage-ledger.ts';

/**
 * Hours are kept for a week: long enough to compare with the same weekday, and to look at what happened at night. Days
 * are kept for a quarter, the longest that is commonly billed by days. A million requests a day of 500 users over 20
 * models take about a megabyte an hour, three a day and as much a month.
 */
const HOURS_KEPT_DAYS = 7;
const DAYS_KEPT_DAYS = 92;
const DAY_MS = 86_400_000;

/**
 * Keeps the sum of each day that has ended beside its hours: a week is asked for more often than an hour of it, and its
 * hours would take seconds to read.
 * @throws the system's error
 */
export async function addUpDays(ledger: UsageLedger, nowMs: number, timeZone: string): Promise<void> {
  const calendar = ledger.calendar(timeZone);
  const today = calendar.periodAt('day', nowMs).startMs;
  const hours = ledger.folder.periods.filter(({ kind, startMs }) => kind === 'hour' && startMs < today);
  const days = Map.groupBy(hours, ({ startMs }) => calendar.periodAt('day', startMs).startMs);
  for (const [startMs, ofDay] of days) {
    if (ofDay.length < 2 || ledger.folder.rollups.some((rollup) => rollup.startMs === startMs)) continue;
    const day = calendar.periodAt('day', startMs);
    await ledger.commitRollup(
      day,
      timeZone,
      ofDay.map(({ name }) => name),
    );
  }
}

/** Puts hours together to days and days to months as they age. @throws the system's error; what was not put together stays */
export async function compact(ledger: UsageLedger, nowMs: number, timeZone: string): Promise<void> {
  const calendar = ledger.calendar(timeZone);
  const hoursBefore = calendar.periodAt('day', nowMs - HOURS_KEPT_DAYS * DAY_MS).startMs;
  await putTogether(ledger, 'hour', 'day', hoursBefore);
  const daysBefore = calendar.periodAt('month', nowMs - DAYS_KEPT_DAYS * DAY_MS).startMs;
  await putTogether(ledger, 'day', 'month', daysBefore);
}

async function putTogether(
  ledger: UsageLedger,
  from: 'hour' | 'day',
  into: 'day' | 'month',
  beforeMs: number,
): Promise<void> {
  const old = ledger.folder.periods.filter(({ kind, startMs }) => kind === from && startMs < beforeMs);
  // One day (or month) at a time: each is a commit of its own, and no more than that is in memory.
  const groups = Map.groupBy(old, ({ name }) => name.slice(0, from === 'hour' ? 10 : 'days/2026-01'.length));
  for (const group of groups.values()) await putGroupTogether(ledger, group, into);
}

async function putGroupTogether(
  ledger: UsageLedger,
  group: readonly NamedPeriod[],
  into: 'day' | 'month',
): Promise<void> {
  const rows: PeriodRows[] = [];
  for (const { name, startMs } of group) {
    const { head, table } = await ledger.load(name);
    // Each belongs to the day of its own zone, which may not be the one that is set now.
    const period = ledger.calendar(head.time_zone).periodAt(into, startMs);
    rows.push({ period, timeZone: head.time_zone, table });
  }
  await ledger.commitRows(
    rows,
    ledger.position,
    group.map(({ name }) => name),
  );
}

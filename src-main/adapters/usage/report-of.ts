import type { UsageQuestion, UsageReport } from '../../core/control-ports.ts';
import type { NamedRollup } from '../../core/usage/period-name.ts';
import type { UsageCalendar } from '../../core/usage/usage-period.ts';
import { ReportSum } from '../../core/usage/usage-report.ts';
import type { UsageLedger } from './usage-ledger.ts';

/**
 * Answers a question from everything that was counted, also what is in no file yet.
 * @param timeZone the zone whose days and months are meant
 * @throws the system's error
 */
export async function reportOf(
  ledger: UsageLedger,
  question: UsageQuestion,
  timeZone: string,
): Promise<UsageReport> {
  const calendar = ledger.calendar(timeZone);
  for (;;) {
    const rollups = usableRollups(ledger.folder.rollups, question, calendar);
    const sum = new ReportSum(question, calendar);
    for (const period of ledger.unsettled) sum.add(period);
    if (await addPeriods(ledger, question, rollups, sum)) return sum.report();
  }
}

/** @returns false where a sum cannot be read, which is not there any more then */
async function addPeriods(
  ledger: UsageLedger,
  { fromMs, untilMs }: UsageQuestion,
  rollups: readonly NamedRollup[],
  sum: ReportSum,
): Promise<boolean> {
  for (const rollup of rollups) {
    const table = await ledger.loadRollup(rollup.name);
    if (table === null) return false;
    sum.add({ startMs: rollup.startMs, untilMs: rollup.untilMs, table });
  }
  for (const { name, kind, startMs } of ledger.folder.periods) {
    const isAsked = startMs >= fromMs && startMs < untilMs;
    const isSummed =
      kind === 'hour' && rollups.some((one) => startMs >= one.startMs && startMs < one.untilMs);
    if (!isAsked || isSummed) continue;
    const { head, table } = await ledger.load(name);
    sum.add({ startMs, untilMs: Date.parse(head.end), table });
  }
  return true;
}

/** The sums that say the same as their hours: those within the range, where none of its parts is asked for. */
function usableRollups(
  rollups: readonly NamedRollup[],
  { fromMs, untilMs, granularity }: UsageQuestion,
  calendar: UsageCalendar,
): readonly NamedRollup[] {
  if (granularity === 'hour') return [];
  const usable: NamedRollup[] = [];
  for (const rollup of [...rollups].sort((a, b) => a.startMs - b.startMs)) {
    const isWithin = rollup.startMs >= fromMs && rollup.untilMs <= untilMs;
    // After a change of the time zone there may be sums of two kinds of days, and days that are none in the new zone.
    const isApart = rollup.startMs >= (usable.at(-1)?.untilMs ?? Number.NEGATIVE_INFINITY);
    const startOf = (ms: number): number =>
      granularity === null ? 0 : calendar.periodAt(granularity, ms).startMs;
    const isOne = startOf(rollup.startMs) === startOf(rollup.untilMs - 1);
    if (isWithin && isApart && isOne) usable.push(rollup);
  }
  return usable;
}

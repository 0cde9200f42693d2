import type { Granularity } from '../../contract/statistics.ts';
import type { UsageQuestion } from '../control-ports.ts';
import type { UsageCalendar } from '../usage/usage-period.ts';

/** As long as this is in memory at once. */
const SLICE: Readonly<Record<Granularity, Granularity | null>> = { hour: 'day', day: 'month', month: null };

/**
 * Cuts a question by periods into questions whose answers, one after the other, are its answer: an export of a year by
 * the hour need not be in memory as a whole.
 */
export function* exportSlices(question: UsageQuestion, calendar: UsageCalendar): Generator<UsageQuestion> {
  const unit = question.granularity === null ? null : SLICE[question.granularity];
  let fromMs = question.fromMs;
  while (unit !== null && fromMs < question.untilMs) {
    const untilMs = Math.min(calendar.periodAt(unit, fromMs).untilMs, question.untilMs);
    yield { ...question, fromMs, untilMs };
    fromMs = untilMs;
  }
  if (unit === null) yield question;
}

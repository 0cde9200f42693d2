import type { UsageFigures, UsageGroup } from '../contract/statistics.ts';
import type { UsageQuestion, UsageReport } from '../core/control-ports.ts';

/** What groups can be sorted by, the largest first. */
export const SORTS = [
  'requests',
  'errors',
  'success_rate',
  'tokens_in',
  'tokens_out',
  'tokens_total',
  'cost',
  'percentile',
  'bytes_in',
  'bytes_out',
] as const;
type Sort = (typeof SORTS)[number];

function figureOf(figures: UsageFigures, sort: Sort, { percentiles }: Pick<UsageQuestion, 'percentiles'>) {
  if (sort === 'errors') return figures.requests - figures.success;
  if (sort !== 'percentile') return figures[sort];
  return figures.latency_ms_percentiles[String(percentiles[0])] ?? null;
}

/** A report with its largest groups first, within each period; what has no such figure comes last. */
export function sortedReport(
  report: UsageReport,
  sort: Sort,
  question: Pick<UsageQuestion, 'percentiles'>,
): UsageReport {
  // They come so.
  if (sort === 'requests') return report;
  const value = (group: UsageGroup): number => figureOf(group, sort, question) ?? -1;
  const startMs = ({ period }: UsageGroup): number => (period === undefined ? 0 : Date.parse(period));
  const groups = report.groups.toSorted(
    (one, other) => startMs(one) - startMs(other) || value(other) - value(one),
  );
  return { ...report, groups };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsageQuestion, UsageReport, UsageStatistics } from '../../core/control-ports.ts';
import { usageCalendar } from '../../core/usage/usage-period.ts';
import { logEnds } from './replay-log.ts';
import type { ReadOnlyUsageOptions } from './usage-keeping.ts';
import { LATEST_NAME } from './usage-latest.ts';
import { UsageWork } from './usage-work.ts';

/** A running program changes several files at once, which takes it some milliseconds, once an hour. */
const TRIES = 5;

/**
 * The statistics of a data folder for a reader that writes nothing, with what its log has and no file has yet. A program
 * may run on the folder meanwhile.
 */
export function readOnlyUsage(options: ReadOnlyUsageOptions): UsageStatistics {
  return { report: (question) => reportUndisturbed(options, question) };
}

/** Files that changed under the eyes of the reader are read again: `latest.json` changes with every change of several. */
async function reportUndisturbed(
  options: ReadOnlyUsageOptions,
  question: UsageQuestion,
): Promise<UsageReport> {
  const latest = (): Promise<string> =>
    readFile(join(options.dataDir, 'usage', LATEST_NAME), 'utf8').catch(() => '');
  for (let attempt = 1; ; attempt++) {
    const before = await latest();
    try {
      const report = await reportOnce(options, question);
      if (attempt === TRIES || before === (await latest())) return report;
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

async function reportOnce(
  { dataDir, timeZone, models, onProblem }: ReadOnlyUsageOptions,
  question: UsageQuestion,
): Promise<UsageReport> {
  const work = new UsageWork(onProblem);
  const logs = join(dataDir, 'logs');
  const place = { folder: join(dataDir, 'usage'), logs, timeZone: usageCalendar(timeZone).timeZone, models };
  // The files first, the log's ends after: a request settled in between is then behind the place, and not in it twice.
  await work.ask('open', { place, readOnly: true });
  await work.ask('catch_up', { ends: await logEnds(logs) });
  return work.ask('report', { question, timeZone: place.timeZone });
}

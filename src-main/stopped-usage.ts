import { join } from 'node:path';
import { createRequestLog } from './adapters/request-log.ts';
import { openUsage } from './adapters/usage/usage-keeper.ts';
import type { UsageKeeping } from './adapters/usage/usage-keeping.ts';
import type { AppLog, Clock, DocumentStore } from './core/ports.ts';
import { configuredModels } from './core/usage/configured-models.ts';
import { UsageCounting } from './core/usage/usage-counting.ts';

export interface StoppedUsageParts {
  /** Of a program that does not run; this process alone uses it. */
  readonly dataDir: string;
  readonly store: Pick<DocumentStore, 'current'>;
  readonly clock: Clock;
  readonly log: AppLog;
}

/**
 * The usage counters of a program that does not run, which are brought up to what it has logged.
 * @returns what `close` has to be called on
 */
export async function openStoppedUsage({
  dataDir,
  store,
  clock,
  log,
}: StoppedUsageParts): Promise<UsageKeeping> {
  const logs = join(dataDir, 'logs');
  const { time_zone: timeZone } = store.current.system;
  const onProblem = log.error.bind(log);
  const requestLog = createRequestLog({ folder: logs, clock, timeZone, onProblem });
  const counting = new UsageCounting();
  const models = () => configuredModels(store.current);
  counting.configure({ timeZone, models: models() });
  const folder = join(dataDir, 'usage');
  const usage = await openUsage({ folder, logs, clock, log, requestLog, counting, models });
  return {
    collect: () => usage.collect(),
    report: (question) => usage.report(question),
    freeze: (work) => usage.freeze(work),
    replaceWith: (other) => usage.replaceWith(other),
    besideUsage: () => usage.besideUsage(),
    async close() {
      await usage.close();
      await requestLog.close();
    },
  };
}

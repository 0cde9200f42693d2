import { join } from 'node:path';
import { openUsage } from './adapters/usage/usage-keeper.ts';
import type { UsageKeeping } from './adapters/usage/usage-keeping.ts';
import type { AppOptions } from './app-options.ts';
import type { Clock } from './core/ports.ts';
import type { Snapshot } from './core/snapshot.ts';
import { configuredModels } from './core/usage/configured-models.ts';
import { UsageCounting } from './core/usage/usage-counting.ts';
import type { Logs } from './logs.ts';
import type { Opened } from './opened.ts';

/** The counters of what is used. */
export interface Usage {
  /** Where requests are counted. */
  readonly counting: UsageCounting;
  /** Where they are kept. */
  readonly keeping: UsageKeeping;
  /** Follows a new configuration: its time zone and models. */
  configure(snapshot: Snapshot): void;
}

/** Opens the counters. Before the first request: what the log holds now is what an earlier run has logged. */
export async function openUsageCounters(
  { dataDir }: AppOptions,
  clock: Clock,
  { log, requestLog }: Logs,
  snapshot: Snapshot,
  opened: Opened,
): Promise<Usage> {
  const counting = new UsageCounting();
  let models: readonly string[] = [];
  const configure: Usage['configure'] = ({ document, system }) => {
    models = configuredModels(document);
    counting.configure({ timeZone: system.time_zone, models });
  };
  configure(snapshot);
  const keeping = await openUsage({
    folder: join(dataDir, 'usage'),
    logs: join(dataDir, 'logs'),
    clock,
    log,
    requestLog,
    counting,
    models: () => models,
  });
  opened.add(() => keeping.close());
  // In the background: nobody waits for it but who asks for statistics.
  void keeping.catchUp();
  return { counting, keeping, configure };
}

import { systemClock } from '../../src-main/adapters/system-clock.ts';
import type { UsageReport } from '../../src-main/core/control-ports.ts';
import type { DocumentStore } from '../../src-main/core/ports.ts';
import { openStoppedUsage } from '../../src-main/stopped-usage.ts';
import { aDocument } from './document-fixtures.ts';
import { hearingLog } from './test-store.ts';

/** What a data folder whose program does not run has counted: all of it by user, endpoint, model and outcome. */
export async function usageReport(dataDir: string): Promise<UsageReport> {
  const store: Pick<DocumentStore, 'current'> = { current: aDocument({}) };
  const usage = await openStoppedUsage({ dataDir, store, clock: systemClock, log: hearingLog() });
  try {
    return await usage.report({
      fromMs: 0,
      untilMs: Number.MAX_SAFE_INTEGER,
      by: ['user', 'key', 'channel', 'endpoint', 'model', 'outcome'],
      granularity: 'hour',
      where: {},
      percentiles: [50, 99],
    });
  } finally {
    await usage.close();
  }
}

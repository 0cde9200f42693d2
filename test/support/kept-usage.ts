import { join } from 'node:path';
import { createRequestLog } from '../../src-main/adapters/request-log.ts';
import { openUsage, type UsageKeeper } from '../../src-main/adapters/usage/usage-keeper.ts';
import type { UsageOwner } from '../../src-main/adapters/usage/usage-work.ts';
import type { RequestRecord } from '../../src-main/contract/request-record.ts';
import type { UsageQuestion } from '../../src-main/core/control-ports.ts';
import { UsageCounting } from '../../src-main/core/usage/usage-counting.ts';
import type { CleanUp } from './clean-up.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { aQuestion } from './usage-records.ts';

/** The counters with a real log and a real thread, on a clock that a test moves. */
export interface KeptUsage {
  readonly keeper: UsageKeeper;
  readonly counting: UsageCounting;
  readonly clock: FakeClock;
  /** What was said to the admin. */
  readonly said: string[];
  /** Ends a request: counts and logs it. */
  record(record: RequestRecord): void;
  requests(members?: Partial<UsageQuestion>): Promise<number>;
  close(): Promise<void>;
}

export interface KeptUsageOptions {
  readonly clock?: FakeClock;
  readonly owner?: () => UsageOwner;
  /** Stands in for the log's answer while it is set. */
  readonly refusesMarks?: () => boolean;
}

/** Opens them on a data folder. */
export async function keptUsage(
  dataDir: string,
  cleanUp: CleanUp,
  { clock = createFakeClock(), owner, refusesMarks = () => false }: KeptUsageOptions = {},
): Promise<KeptUsage> {
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const logs = join(dataDir, 'logs');
  const log = createRequestLog({ folder: logs, clock, timeZone: 'UTC', onProblem: say });
  const counting = new UsageCounting();
  counting.configure({ timeZone: 'UTC', models: [] });
  const keeper = await openUsage({
    folder: join(dataDir, 'usage'),
    logs,
    clock,
    log: { info: say, warn: say, error: say },
    requestLog: { mark: async () => (refusesMarks() ? null : log.mark()) },
    counting,
    models: () => [],
    ...(owner === undefined ? {} : { owner }),
  });
  const close = async (): Promise<void> => {
    await keeper.close();
    await log.close();
  };
  cleanUp.add(close);
  return {
    keeper,
    counting,
    clock,
    said,
    record(record) {
      counting.add(record);
      log.append(record);
    },
    requests: async (members) => (await keeper.report(aQuestion(members))).total.requests,
    close,
  };
}

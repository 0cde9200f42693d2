import { AUDIT_VERSION, type AuditEntry } from '../contract/audit.ts';
import type { AuditLog } from '../core/control-ports.ts';
import { logTime, printable } from '../core/log-text.ts';
import { DailyLog, type DailyLogOptions, type LogSettings } from './log/daily-log.ts';
import type { LogSearch } from './log-search/log-search.ts';

export interface AuditLogOptions extends Omit<DailyLogOptions, 'prefix'> {
  /** Masks secrets that a caller let slip. */
  readonly mask: (text: string) => string;
  /** Reads the same folder back. */
  readonly search: Pick<LogSearch, 'audit'>;
}

/** The audit log, and what an admin may change about it meanwhile. */
export interface ConfigurableAuditLog extends AuditLog {
  configure(settings: LogSettings): void;
  close(): Promise<void>;
}

/** What an admin did is asked for long after requests are forgotten: a year, and the month in which one asks. */
export const AUDIT_RETENTION_DAYS = 400;

/** One line per thing an admin did, in `audit-<day>.jsonl` of the given folder. */
export function createAuditLog({ mask, search, ...options }: AuditLogOptions): ConfigurableAuditLog {
  const log = new DailyLog({ ...options, prefix: 'audit' });
  return {
    async append({ actor, action, target, changes, details }) {
      const entry: AuditEntry = {
        v: AUDIT_VERSION,
        time: logTime(options.clock.now()),
        actor,
        action,
        target,
        ...(changes === undefined ? {} : { changes }),
        ...(details === undefined ? {} : { details }),
      };
      log.append(printable(JSON.stringify(entry, masked(mask))));
      await log.flush();
    },
    async find(question) {
      await log.flush();
      return search.audit(question);
    },
    configure: (settings) => log.configure(settings),
    close: () => log.close(),
  };
}

/** Ids stay as they are: one that looks like a key must still be found. */
const NO_SECRETS: ReadonlySet<string> = new Set(['time', 'action', 'target', 'member', 'kind']);

function masked(mask: (text: string) => string): (name: string, value: unknown) => unknown {
  return (name, value) => (typeof value === 'string' && !NO_SECRETS.has(name) ? mask(value) : value);
}

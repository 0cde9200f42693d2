import { join } from 'node:path';
import { AUDIT_RETENTION_DAYS, createAuditLog } from './adapters/audit-log.ts';
import { LogSearch } from './adapters/log-search/log-search.ts';
import type { Document } from './contract/document.ts';
import type { AuditLog, RequestSearch } from './core/control-ports.ts';
import type { Clock, DocumentStore } from './core/ports.ts';
import type { Logs } from './logs.ts';
import type { Opened } from './opened.ts';

export interface LogReadingParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly logs: Logs;
  readonly opened: Opened;
}

/** What is read back: what admins did, and the requests. Opens the audit log, which only admins write. */
export function openLogReading({ dataDir, clock, store, logs, opened }: LogReadingParts): {
  readonly audit: AuditLog;
  readonly requests: RequestSearch;
} {
  const folder = join(dataDir, 'logs');
  const search = new LogSearch(folder, clock);
  opened.add(() => search.close());
  const { log, requestLog, mask } = logs;
  const settings = ({ system }: Document) => ({
    timeZone: system.time_zone,
    retentionDays: AUDIT_RETENTION_DAYS,
  });
  const audit = createAuditLog({
    folder,
    clock,
    mask,
    search,
    onProblem: (message, fields) => log.error(message, fields),
    ...settings(store.current),
  });
  opened.add(() => audit.close());
  opened.add(store.subscribe((document) => audit.configure(settings(document))));
  const requests: RequestSearch = {
    async find(question) {
      await requestLog.flush();
      return search.requests(question);
    },
  };
  return { audit, requests };
}

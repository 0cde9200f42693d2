import type { AuditEntry } from '../../contract/audit.ts';
import type { AuditQuestion, LoggedRequest, RequestQuestion } from '../../core/control-ports.ts';
import { AUDIT_LINES, REQUEST_LINES } from '../../core/log-search/log-kind.ts';
import type { LogPage } from './log-question.ts';
import { scanLog } from './log-scan.ts';

/** Goes to the thread in place of a task: it then ends by itself, which is gentler than being ended. */
export const END = 'end';

/** What goes to the thread that searches. */
export type SearchTask = { readonly id: number; readonly folder: string } & (
  | { readonly log: 'requests'; readonly question: RequestQuestion }
  | { readonly log: 'audit'; readonly question: AuditQuestion }
);

/** What comes back. `refused`: the question was wrong, not the search. */
export type SearchAnswer = { readonly id: number } & (
  | { readonly page: LogPage<LoggedRequest | AuditEntry> }
  | { readonly failure: { readonly message: string; readonly refused: boolean } }
);

/** Does what a task asks for. @throws as {@link scanLog} does */
export function searchLog(task: SearchTask): LogPage<LoggedRequest | AuditEntry> {
  return task.log === 'requests'
    ? scanLog(task.folder, REQUEST_LINES, task.question)
    : scanLog(task.folder, AUDIT_LINES, task.question);
}

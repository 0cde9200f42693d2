import { type IdRules, idRules, inBody, KEPT_DAYS, pairsIn } from '../id-rules.ts';

/** A service that is asked to work on alone answers with a task, whose result is kept for 24 hours after its end. */
const SERVICE = idRules({
  made: [inBody('tasks', KEPT_DAYS.hours, 'output.task_id')],
  lasting: 'if X-DashScope-Async',
});

const MADE = new Map([
  ['files', [inBody('files', KEPT_DAYS.lasting, 'data.uploaded_files')]],
  ['fine-tunes', [inBody('fine-tunes', KEPT_DAYS.lasting, 'output.job_id')]],
]);

const MEMBERS = new Map([
  ['training_file_ids', 'files'],
  ['validation_file_ids', 'files'],
]);

/** DashScope's ids (its documents on asynchronous tasks and on files). @param path without query */
export function dashscopeIds(path: string): IdRules | null {
  if (!path.startsWith('/api/v1/')) return null;
  const resource = path.slice('/api/v1/'.length);
  if (resource.startsWith('services/')) return SERVICE;
  return idRules({
    named: pairsIn(resource),
    members: resource === 'fine-tunes' ? MEMBERS : null,
    made: MADE.get(resource) ?? [],
  });
}

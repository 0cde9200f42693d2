import { type IdPlace, type IdRules, idRules, inBody, inHeader, KEPT_DAYS, pairsIn } from '../id-rules.ts';

const { hours, month, lasting } = KEPT_DAYS;
/** Short-lived keys: kept by their hash, as those who were given them (`proxy/client-secrets.ts`). */
const clientSecrets = [inBody('client_secrets', hours, 'value', 'client_secret.value')];

const video = [inBody('videos', month, 'id')];

/** What a POST makes, by its path with ids taken out. A stream tells it in its first events. */
const MADE: Readonly<Record<string, readonly IdPlace[]>> = Object.assign(Object.create(null), {
  files: [inBody('files', lasting, 'id')],
  uploads: [inBody('uploads', hours, 'id')],
  'uploads/{id}/complete': [inBody('files', lasting, 'file.id')],
  responses: [inBody('responses', month, 'id', 'response.id')],
  'responses/compact': [inBody('responses', month, 'id')],
  conversations: [inBody('conversations', lasting, 'id')],
  batches: [inBody('batches', lasting, 'id')],
  vector_stores: [inBody('vector_stores', lasting, 'id')],
  assistants: [inBody('assistants', lasting, 'id')],
  threads: [inBody('threads', lasting, 'id')],
  'threads/runs': [inBody('threads', lasting, 'thread_id')],
  'fine_tuning/jobs': [inBody('jobs', lasting, 'id')],
  'chat/completions': [inBody('completions', month, 'id')],
  containers: [inBody('containers', hours, 'id')],
  evals: [inBody('evals', lasting, 'id')],
  skills: [inBody('skills', lasting, 'id')],
  videos: video,
  'videos/edits': video,
  'videos/extensions': video,
  'videos/{id}/remix': video,
  'realtime/calls': [inHeader('location', 'calls')],
  'realtime/client_secrets': clientSecrets,
  'realtime/translations/client_secrets': clientSecrets,
  'realtime/sessions': clientSecrets,
  'realtime/transcription_sessions': clientSecrets,
} satisfies Record<string, readonly IdPlace[]>);

const batchFiles = [inBody('files', lasting, 'output_file_id'), inBody('files', lasting, 'error_file_id')];

/** What came of something, by the path with ids taken out. */
const TOLD: Readonly<Record<string, readonly IdPlace[]>> = Object.assign(Object.create(null), {
  'batches/{id}': batchFiles,
  'batches/{id}/cancel': batchFiles,
  'fine_tuning/jobs/{id}': [inBody('files', lasting, 'result_files')],
} satisfies Record<string, readonly IdPlace[]>);

/** First segments of the operations that have to do with ids; the others have no state. */
const STATEFUL = new Set(
  `assistants batches chat containers conversations evals files fine_tuning realtime responses skills threads
  uploads vector_stores videos`.split(/\s+/),
);

/** What is sent to these names nothing that was made before; files go there in any form. */
const WITHOUT_MEMBERS = new Set(['chat', 'files', 'uploads']);

const RESPONSE_MEMBERS = new Map([
  ['previous_response_id', 'responses'],
  ['conversation', 'conversations'],
]);
const MEMBERS = new Map([
  ['input_file_id', 'files'],
  ['training_file', 'files'],
  ['validation_file', 'files'],
  ['file_id', 'files'],
  ['file_ids', 'files'],
  ['assistant_id', 'assistants'],
  ['video', 'videos'],
]);

/** A completion is kept only where it is asked to be, so that most of them cost nothing here. */
const CHAT = idRules({ made: MADE['chat/completions'] ?? [], lasting: 'if store' });

/**
 * OpenAI's ids (API reference; resources of npm `openai`).
 * @param resource what follows `/v1/`
 * @param shape the same with ids taken out
 */
export function openaiIds(resource: string, shape: string): IdRules | null {
  if (resource === 'chat/completions') return CHAT;
  const first = resource.split('/', 1)[0] ?? '';
  if (!STATEFUL.has(first)) return null;
  return idRules({
    named: pairsIn(resource),
    members: WITHOUT_MEMBERS.has(first) ? null : first === 'responses' ? RESPONSE_MEMBERS : MEMBERS,
    queried: first === 'realtime' ? ['call_id', 'calls'] : null,
    made: MADE[resource] ?? MADE[shape] ?? [],
    lasting: first === 'responses' ? 'unless store is false' : 'always',
    told: TOLD[shape] ?? [],
  });
}

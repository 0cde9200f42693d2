/**
 * The paths of OpenAI's API behind their resource, ids taken out (the official SDK, `resources/`). Administration
 * is named by its subject alone: it is not what a gateway is for.
 */
const TAILS: Readonly<Record<string, string>> = {
  assistants: '{id}',
  audio: 'speech transcriptions translations voices voices/{id} voice_consents voice_consents/{id}',
  batches: '{id} {id}/cancel',
  chat: 'completions completions/{id} completions/{id}/messages',
  completions: '',
  containers: '{id} {id}/files {id}/files/{id} {id}/files/{id}/content',
  conversations: '{id} {id}/items {id}/items/{id}',
  embeddings: '',
  evals: `{id} {id}/runs {id}/runs/{id} {id}/runs/{id}/cancel {id}/runs/{id}/output_items
    {id}/runs/{id}/output_items/{id}`,
  files: '{id} {id}/content',
  fine_tuning: `jobs jobs/{id} jobs/{id}/cancel jobs/{id}/checkpoints jobs/{id}/events jobs/{id}/pause
    jobs/{id}/resume alpha/graders/run alpha/graders/validate checkpoints/{id}/permissions
    checkpoints/{id}/permissions/{id}`,
  images: 'edits generations variations',
  models: '{id}',
  moderations: '',
  organization: 'admin_api_keys costs groups invites projects roles usage users',
  realtime: `calls calls/{id}/accept calls/{id}/hangup calls/{id}/refer calls/{id}/reject client_secrets sessions
    transcription_sessions translations translations/client_secrets`,
  responses: 'compact input_tokens {id} {id}/cancel {id}/input_items',
  threads: `runs {id} {id}/messages {id}/messages/{id} {id}/runs {id}/runs/{id} {id}/runs/{id}/cancel
    {id}/runs/{id}/steps {id}/runs/{id}/steps/{id} {id}/runs/{id}/submit_tool_outputs`,
  uploads: '{id} {id}/cancel {id}/complete {id}/parts',
  vector_stores: `{id} {id}/search {id}/files {id}/files/{id} {id}/files/{id}/content {id}/file_batches
    {id}/file_batches/{id} {id}/file_batches/{id}/cancel {id}/file_batches/{id}/files`,
  videos: '{id} {id}/content {id}/remix characters characters/{id} edits extensions',
};

const tailsOf = (tails: string): string[] => tails.split(/\s+/).filter((tail) => tail !== '');

const SHAPES: ReadonlySet<string> = new Set(
  Object.entries(TAILS).flatMap(([resource, tails]) => [
    resource,
    ...tailsOf(tails).map((tail) => `${resource}/${tail}`),
  ]),
);

/** First segments of the API; what follows `/v1/` otherwise is somebody's extension. */
export const OPENAI_RESOURCES: ReadonlySet<string> = new Set(Object.keys(TAILS));

/** Literal segments that may stand behind a resource; everything else there is an id. */
export const OPENAI_WORDS: ReadonlySet<string> = new Set(
  Object.values(TAILS)
    .flatMap((tails) => tailsOf(tails).flatMap((tail) => tail.split('/')))
    .filter((word) => word !== '{id}'),
);

/**
 * A path's name in statistics: there are no more of them than the API has paths, whatever clients ask for.
 * @param shape of the path behind `/v1/`, ids taken out
 */
export function openaiEndpoint(shape: string): string {
  if (SHAPES.has(shape)) return shape;
  const [resource = '', subject = ''] = shape.split('/');
  return resource === 'organization' && OPENAI_WORDS.has(subject)
    ? `${resource}/${subject}`
    : `${resource}/…`;
}

import { openaiIds } from '../id-rules/openai.ts';
import { type Operation, type OperationName, operation } from '../operation.ts';
import { OPENAI_RESOURCES, OPENAI_WORDS, openaiEndpoint } from './openai-paths.ts';

const OPENAI: Readonly<Record<string, OperationName>> = Object.assign(Object.create(null), {
  'chat/completions': 'chat',
  completions: 'completions',
  responses: 'responses',
  embeddings: 'embeddings',
  models: 'models',
  'images/generations': 'image',
  'images/edits': 'image',
  'images/variations': 'image',
  'audio/speech': 'audio',
  'audio/transcriptions': 'audio',
  'audio/translations': 'audio',
} satisfies Record<string, OperationName>);

/** What follows `/v1/` of the operations that AIProxy treats in a way of their own. */
export const OPENAI_OPERATIONS: readonly string[] = Object.keys(OPENAI);

/** Whether what follows `/v1/` is a resource of the OpenAI API. */
export const isOpenaiResource = (resource: string): boolean =>
  OPENAI_RESOURCES.has(resource.split('/', 1)[0] ?? '');

/** `files/file-abc/content` → `files/{id}/content`. */
export function withoutIds(resource: string): string {
  const segments = resource.split('/');
  if (segments.length > 6) return `${segments[0]}/…`;
  return segments.map((word, at) => (at === 0 || OPENAI_WORDS.has(word) ? word : '{id}')).join('/');
}

/**
 * An operation of OpenAI's API.
 * @param resource what follows `/v1/`
 * @param prefix what stands in front of it in statistics
 */
export function openaiOperation(
  resource: string,
  path: string,
  canonical: boolean,
  prefix: string,
): Operation {
  const shape = withoutIds(resource);
  const rest = { canonical, ids: openaiIds(resource, shape) };
  const exact = OPENAI[resource];
  if (exact !== undefined) return operation('openai', exact, `${prefix}${resource}`, path, rest);
  const first = resource.split('/', 1)[0] ?? '';
  if (!OPENAI_RESOURCES.has(first)) return operation('openai', 'other', `${prefix}{other}`, path, rest);
  const name: OperationName = first === 'models' ? 'models' : first === 'realtime' ? 'realtime' : 'other';
  return operation('openai', name, `${prefix}${openaiEndpoint(shape)}`, path, rest);
}

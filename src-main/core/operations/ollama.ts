import { type Operation, type OperationName, operation } from '../operation.ts';

const OLLAMA: Readonly<Record<string, OperationName>> = Object.assign(Object.create(null), {
  '/api/chat': 'chat',
  '/api/generate': 'generate',
  '/api/embed': 'embeddings',
  '/api/embeddings': 'embeddings',
  '/api/tags': 'models',
  '/api/show': 'models',
  '/api/ps': 'models',
  '/api/version': 'other',
  '/api/pull': 'other',
  '/api/push': 'other',
  '/api/create': 'other',
  '/api/copy': 'other',
  '/api/delete': 'other',
} satisfies Record<string, OperationName>);

/** Whose SDK speaks, where its headers tell: `/v1/models` and `/v1/files` are paths of three APIs. */
export type ClientSdk = 'anthropic' | 'gemini';

/** An operation of Ollama's native API, or `null`. */
export function ollamaOperation(path: string): Operation | null {
  const name = OLLAMA[path];
  return name === undefined ? null : operation('raw', name, path, path);
}

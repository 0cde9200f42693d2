import { definePlatform } from './define.ts';
import { ollamaModels } from './model-lists.ts';

const OWN_PATHS =
  /^\/api\/(?:chat|generate|embed|embeddings|tags|show|ps|version|pull|push|create|copy|delete|blobs\/.+)$/;

export const ollama = definePlatform({
  id: 'ollama',
  label: 'Ollama',
  webSocket: false,
  baseUrl: 'http://127.0.0.1:11434',
  basePrefixes: ['/v1', '/api'],
  hosts: ['ollama.com'],
  allowPrivate: true,
  ownsPath: (path) => OWN_PATHS.test(path),
  streamUsage: true,
  endsWithDone: true,
  modelList: ollamaModels,
});

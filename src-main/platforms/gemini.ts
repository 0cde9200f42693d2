import { definePlatform } from './define.ts';
import { geminiModels } from './model-lists.ts';
import { geminiContent } from './small-calls.ts';

const OWN_PATHS =
  /^\/(?:v1(?:beta\d*|alpha)|(?:upload|download)\/v1(?:beta\d*|alpha)?)\/|^\/ws\/google\.ai\.|^\/v1\/(?:models|tunedModels)\/[^/]+:/;
/** What the OpenAI-compatible surface offers (the platform's documentation, "OpenAI compatibility"). */
const OPENAI_SURFACE =
  /^\/v1\/(chat\/completions|embeddings|models(?:\/.*)?|images\/generations|batches(?:\/.*)?|files(?:\/.*)?)$/;

export const gemini = definePlatform({
  id: 'gemini',
  aliases: ['google'],
  label: 'Google Gemini',
  dialect: 'gemini',
  baseUrl: 'https://generativelanguage.googleapis.com',
  basePrefixes: ['/v1beta/openai', '/v1/openai', '/v1beta', '/v1alpha', '/v1'],
  hosts: ['generativelanguage.googleapis.com'],
  credential: (apiKey) => ['x-goog-api-key', apiKey],
  compatibleCredential: (apiKey) => ['authorization', `Bearer ${apiKey}`],
  ownsPath: (path) => OWN_PATHS.test(path),
  place: (operation) => {
    const surface = OPENAI_SURFACE.exec(operation.path);
    return surface === null ? null : `/v1beta/openai/${surface[1]}`;
  },
  // As Google's own SDKs send it (`live.connect`).
  webSocketKeyMember: 'key',
  streamUsage: true,
  endsWithDone: true,
  modelList: geminiModels,
  smallCall: geminiContent,
  usualModels: ['gemini*', 'gemma*', 'imagen*', 'veo*'],
  exampleModels: ['gemini-2.5-flash'],
});

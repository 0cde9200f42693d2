import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { geminiError, geminiWrongKey } from './gemini-errors.ts';
import { countTokens, embedContent, generateContent } from './gemini-generate.ts';
import { createUploads, type Uploads } from './gemini-upload.ts';
import { modelList } from './openai.ts';
import { chatCompletions } from './openai-chat.ts';
import { embeddings } from './openai-embeddings.ts';
import type { UploadedFile } from './openai-files.ts';

/** A stand-in for Gemini, with the files it took in. */
export interface GeminiStandIn extends StandIn {
  readonly files: readonly UploadedFile[];
}

const OPENAI_SURFACE = '/v1beta/openai/';

function listModels({ answer }: Exchange): void {
  const model = (id: string, method: string): object => ({
    name: `models/${id}`,
    version: '001',
    displayName: id,
    description: 'A stand-in.',
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: [method],
  });
  answer.json(200, {
    models: [model('gemini-stand-in', 'generateContent'), model('gemini-embedding-stand-in', 'embedContent')],
  });
}

function openAiSurface(exchange: Exchange, resource: string): void | Promise<void> {
  switch (`${exchange.seen.method} ${resource}`) {
    case 'POST chat/completions':
      return chatCompletions(exchange);
    case 'POST embeddings':
      return embeddings(exchange);
    case 'GET models':
      return exchange.answer.json(200, modelList(['models/gemini-stand-in']));
    default:
      return geminiError(exchange, 404, 'Not found.');
  }
}

function modelMethod(exchange: Exchange, model: string, method: string): void | Promise<void> {
  switch (method) {
    case 'generateContent':
      return generateContent(exchange, model, false);
    case 'streamGenerateContent':
      return generateContent(exchange, model, true);
    case 'embedContent':
      return embedContent(exchange, false);
    case 'batchEmbedContents':
      return embedContent(exchange, true);
    case 'countTokens':
      return countTokens(exchange);
    default:
      return geminiError(exchange, 404, `models/${model} does not offer ${method}.`);
  }
}

function platform(uploads: Uploads): StandInPlatform {
  return {
    // The OpenAI-compatible surface takes a bearer token, everything else the platform's own header.
    keysOf: (seen) =>
      seen.path.startsWith(OPENAI_SURFACE) ? bearerKeys(seen) : seen.header('x-goog-api-key'),
    refuse: geminiWrongKey,
    handle(exchange) {
      const { method, path } = exchange.seen;
      if (path.startsWith(OPENAI_SURFACE)) return openAiSurface(exchange, path.slice(OPENAI_SURFACE.length));
      // The official SDK of 2026 asks for v1, earlier ones for v1beta; both answer alike.
      const [, upload, resource = ''] = /^(\/upload)?\/v1(?:beta)?\/(.+)$/.exec(path) ?? [];
      const call = /^models\/([^/:]+):([A-Za-z]+)$/.exec(resource);
      if (method === 'POST' && call !== null) return modelMethod(exchange, call[1] ?? '', call[2] ?? '');
      if (method === 'POST' && upload && resource === 'files') return uploads.handle(exchange);
      if (method === 'GET' && resource === 'models') return listModels(exchange);
      return geminiError(exchange, 404, 'Not found.');
    },
  };
}

/** Starts a stand-in for Gemini. */
export async function startGemini(options: StandInOptions = {}): Promise<GeminiStandIn> {
  const uploads = createUploads();
  const started = await startStandIn(platform(uploads), { apiKey: 'channel-key-gemini', ...options });
  return { ...started, files: uploads.files };
}

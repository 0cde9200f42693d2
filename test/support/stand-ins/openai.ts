import { type StandIn, type StandInOptions, type StandInPlatform, startStandIn } from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { chatCompletions } from './openai-chat.ts';
import { embeddings } from './openai-embeddings.ts';
import { openAiError } from './openai-errors.ts';
import { transcribe, type UploadedFile, uploadFile } from './openai-files.ts';
import { responses } from './openai-responses.ts';

/** A stand-in for OpenAI, with the files it took in. */
export interface OpenAiStandIn extends StandIn {
  readonly files: readonly UploadedFile[];
}

/** The models that `GET /v1/models` lists. */
export const OPENAI_MODELS: readonly string[] = ['gpt-stand-in', 'text-embedding-stand-in'];

/** The OpenAI-shaped model list. */
export function modelList(ids: readonly string[]): object {
  const data = ids.map((id) => ({ id, object: 'model', created: 1_767_225_600, owned_by: 'stand-in' }));
  return { object: 'list', data };
}

function platform(files: UploadedFile[]): StandInPlatform {
  return {
    keysOf: bearerKeys,
    refuse: (exchange) => openAiError(exchange, 401, 'Incorrect API key provided.'),
    handle(exchange) {
      const { method, path } = exchange.seen;
      switch (`${method} ${path}`) {
        case 'POST /v1/chat/completions':
          return chatCompletions(exchange);
        case 'POST /v1/responses':
          return responses(exchange);
        case 'POST /v1/embeddings':
          return embeddings(exchange);
        case 'GET /v1/models':
          return exchange.answer.json(200, modelList(OPENAI_MODELS));
        case 'POST /v1/files':
          return uploadFile(exchange, files);
        case 'POST /v1/audio/transcriptions':
          return transcribe(exchange);
        default:
          return openAiError(exchange, 404, `Invalid URL (${method} ${path})`);
      }
    },
  };
}

/** Starts a stand-in for OpenAI. */
export async function startOpenAi(options: StandInOptions = {}): Promise<OpenAiStandIn> {
  const files: UploadedFile[] = [];
  return { ...(await startStandIn(platform(files), { apiKey: 'channel-key-openai', ...options })), files };
}

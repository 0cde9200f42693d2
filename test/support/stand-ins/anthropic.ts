import { sha256 } from '../body-digest.ts';
import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { anthropicError } from './anthropic-errors.ts';
import { countTokens, messages } from './anthropic-messages.ts';
import { bearerKeys } from './credential-places.ts';
import { formOf, type UploadedFile } from './openai-files.ts';

/** A stand-in for Anthropic, with the files it took in. */
export interface AnthropicStandIn extends StandIn {
  readonly files: readonly UploadedFile[];
}

function listModels({ answer }: Exchange): void {
  const model = (id: string): object => ({
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-01-01T00:00:00Z',
    capabilities: null,
    deprecated_at: null,
    lifecycle: 'active',
  });
  const ids = ['claude-stand-in', 'claude-stand-in-small'];
  answer.json(200, { data: ids.map(model), has_more: false, first_id: ids[0], last_id: ids[1] });
}

async function uploadFile(exchange: Exchange, files: UploadedFile[]): Promise<void> {
  const file = (await formOf(exchange))?.get('file');
  if (!(file instanceof Blob)) return anthropicError(exchange, 400, 'file: Field required');
  files.push({ name: file.name, sizeBytes: file.size, sha256: sha256(await file.bytes()) });
  exchange.answer.json(200, {
    id: `file_stand_in_${files.length}`,
    type: 'file',
    filename: file.name,
    mime_type: file.type,
    size_bytes: file.size,
    created_at: '2026-01-01T00:00:00Z',
    downloadable: false,
  });
}

function platform(files: UploadedFile[]): StandInPlatform {
  return {
    // The platform takes its keys in either place: the official SDK of 2026 sends a bearer token.
    keysOf: (seen) => [...seen.header('x-api-key'), ...bearerKeys(seen)],
    refuse: (exchange) => anthropicError(exchange, 401, 'invalid x-api-key'),
    handle(exchange) {
      const { method, path, header } = exchange.seen;
      if (header('anthropic-version').length === 0) {
        return anthropicError(exchange, 400, 'anthropic-version: header is required');
      }
      switch (`${method} ${path}`) {
        case 'POST /v1/messages':
          return messages(exchange);
        case 'POST /v1/messages/count_tokens':
          return countTokens(exchange);
        case 'GET /v1/models':
          return listModels(exchange);
        case 'POST /v1/files':
          return uploadFile(exchange, files);
        default:
          return anthropicError(exchange, 404, 'Not Found');
      }
    },
  };
}

/** Starts a stand-in for Anthropic. */
export async function startAnthropic(options: StandInOptions = {}): Promise<AnthropicStandIn> {
  const files: UploadedFile[] = [];
  return { ...(await startStandIn(platform(files), { apiKey: 'channel-key-anthropic', ...options })), files };
}

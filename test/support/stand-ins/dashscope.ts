import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { dashScopeError, generation } from './dashscope-generation.ts';
import { modelList } from './openai.ts';
import { chatCompletions } from './openai-chat.ts';
import { embeddings } from './openai-embeddings.ts';
import { openAiError } from './openai-errors.ts';

const COMPATIBLE = '/compatible-mode/v1/';
const SERVICES = '/api/v1/services/';

function compatible(exchange: Exchange, resource: string): void | Promise<void> {
  switch (`${exchange.seen.method} ${resource}`) {
    case 'POST chat/completions':
      return chatCompletions(exchange);
    case 'POST embeddings':
      return embeddings(exchange);
    case 'GET models':
      return exchange.answer.json(200, modelList(['qwen-stand-in']));
    default:
      return openAiError(exchange, 404, 'Not found.');
  }
}

const platform: StandInPlatform = {
  keysOf: bearerKeys,
  refuse(exchange) {
    if (exchange.seen.path.startsWith(COMPATIBLE)) openAiError(exchange, 401, 'Incorrect API key provided.');
    else dashScopeError(exchange, 401, 'Invalid API-key provided.');
  },
  handle(exchange) {
    const { method, path } = exchange.seen;
    if (path.startsWith(COMPATIBLE)) return compatible(exchange, path.slice(COMPATIBLE.length));
    if (method === 'POST' && path === `${SERVICES}aigc/text-generation/generation`)
      return generation(exchange);
    // Below /services/ the key is checked before the path, and a wrong path is a wrong parameter.
    if (path.startsWith(SERVICES)) return dashScopeError(exchange, 400, 'url error, please check url！');
    return dashScopeError(exchange, 404, 'Not found.');
  },
};

/** Starts a stand-in for DashScope: compatible mode and the native text generation. */
export function startDashScope(options: StandInOptions = {}): Promise<StandIn> {
  return startStandIn(platform, { apiKey: 'channel-key-dashscope', ...options });
}

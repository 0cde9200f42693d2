import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { nativeEmbeddings } from './dashscope-embeddings.ts';
import { dashScopeError, generation, multimodal } from './dashscope-generation.ts';
import { createTasks, type Tasks } from './dashscope-tasks.ts';
import { modelList } from './openai.ts';
import { chatCompletions } from './openai-chat.ts';
import { embeddings } from './openai-embeddings.ts';
import { openAiError } from './openai-errors.ts';

const COMPATIBLE = '/compatible-mode/v1/';
const SERVICES = '/api/v1/services/';
const TASKS = '/api/v1/tasks/';

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

function service(exchange: Exchange, name: string, tasks: Tasks): void | Promise<void> {
  switch (`${exchange.seen.method} ${name}`) {
    case 'POST aigc/text-generation/generation':
      return generation(exchange);
    case 'POST aigc/multimodal-generation/generation':
      return multimodal(exchange);
    case 'POST embeddings/text-embedding/text-embedding':
      return nativeEmbeddings(exchange);
    case 'POST aigc/text2image/image-synthesis':
      return tasks.begin(exchange);
    default:
      // Below /services/ the key is checked before the path, and a wrong path is a wrong parameter.
      return dashScopeError(exchange, 400, 'url error, please check url！');
  }
}

function platform(tasks: Tasks): StandInPlatform {
  return {
    keysOf: bearerKeys,
    refuse(exchange) {
      if (exchange.seen.path.startsWith(COMPATIBLE))
        openAiError(exchange, 401, 'Incorrect API key provided.');
      else dashScopeError(exchange, 401, 'Invalid API-key provided.');
    },
    handle(exchange) {
      const { path } = exchange.seen;
      if (path.startsWith(COMPATIBLE)) return compatible(exchange, path.slice(COMPATIBLE.length));
      if (path.startsWith(SERVICES)) return service(exchange, path.slice(SERVICES.length), tasks);
      if (path.startsWith(TASKS)) return tasks.handle(exchange, path.slice(TASKS.length));
      return dashScopeError(exchange, 404, 'Not found.');
    },
  };
}

/** Starts a stand-in for DashScope: compatible mode, and natively texts, pictures in chats, embeddings, image tasks. */
export function startDashScope(options: StandInOptions = {}): Promise<StandIn> {
  return startStandIn(platform(createTasks()), { apiKey: 'channel-key-dashscope', ...options });
}

import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { modelList } from './openai.ts';
import { chatCompletions } from './openai-chat.ts';
import { embeddings } from './openai-embeddings.ts';

const DEPLOYMENT = /^\/openai\/deployments\/([^/]+)\/(.+)$/;
const WRONG_KEY =
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.';

function azureError({ answer }: Exchange, status: number, message: string): void {
  answer.json(status, { error: { code: String(status), message } });
}

function deploymentCall(exchange: Exchange, deployment: string, resource: string): void | Promise<void> {
  switch (`${exchange.seen.method} ${resource}`) {
    case 'POST chat/completions':
      return chatCompletions(exchange, {
        model: deployment,
        // The first event has no choices either; it must not be taken for the one with the usage.
        firstEvent: { choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
      });
    case 'POST embeddings':
      return embeddings(exchange);
    default:
      return azureError(exchange, 404, 'Resource not found');
  }
}

const platform: StandInPlatform = {
  keysOf: (seen) => seen.header('api-key'),
  refuse: (exchange) => azureError(exchange, 401, WRONG_KEY),
  handle(exchange) {
    const { method, path, query } = exchange.seen;
    if (path.startsWith('/openai/v1/')) {
      if (method === 'POST' && path === '/openai/v1/chat/completions') return chatCompletions(exchange);
      if (method === 'GET' && path === '/openai/v1/models') {
        return exchange.answer.json(200, modelList(['stand-in']));
      }
    }
    if (method === 'GET' && path === '/openai/models' && query.get('api-version') !== null) {
      return exchange.answer.json(200, modelList(['stand-in']));
    }
    const call = DEPLOYMENT.exec(path);
    if (call === null || query.get('api-version') === null) {
      return azureError(exchange, 404, 'Resource not found');
    }
    return deploymentCall(exchange, call[1] ?? '', call[2] ?? '');
  },
};

/** Starts a stand-in for Azure OpenAI: deployments in the path, the key in `api-key`. */
export function startAzure(options: StandInOptions = {}): Promise<StandIn> {
  return startStandIn(platform, { apiKey: 'channel-key-azure', ...options });
}

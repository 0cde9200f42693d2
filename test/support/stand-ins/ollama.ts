import {
  type Exchange,
  type StandIn,
  type StandInOptions,
  type StandInPlatform,
  startStandIn,
} from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { modelList } from './openai.ts';
import { chatCompletions } from './openai-chat.ts';
import { openAiError } from './openai-errors.ts';
import { type Reply, replyTo, textIn } from './reply.ts';
import { parseObject, stringOf } from './request-json.ts';

const CREATED = '2026-01-01T00:00:00.000000Z';

function ending({ answer }: Exchange, model: string, reply: Reply, content: string): object {
  const { tokens_in, tokens_out } = reply.usage;
  answer.used({ tokens_in, tokens_out, tokens_cached: null, tokens_reasoning: null });
  return {
    model,
    created_at: CREATED,
    message: { role: 'assistant', content },
    done: true,
    done_reason: 'stop',
    total_duration: 5_000_000,
    load_duration: 1_000_000,
    prompt_eval_count: tokens_in,
    prompt_eval_duration: 1_000_000,
    eval_count: tokens_out,
    eval_duration: 3_000_000,
  };
}

/** `POST /api/chat`: lines of JSON unless `stream` is false; only the last line states the usage. */
async function chat(exchange: Exchange): Promise<void> {
  const { answer } = exchange;
  const request = parseObject(exchange.body) ?? {};
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) return answer.json(failure, { error: `model '${model}' fails` });
  const reply = replyTo(textIn(request.messages));
  if (request.stream === false) return answer.json(200, ending(exchange, model, reply, reply.text));
  answer.open('application/x-ndjson');
  const whole = await eachPiece(exchange, model, reply.pieces, (content) => {
    const line = { model, created_at: CREATED, message: { role: 'assistant', content }, done: false };
    return answer.write(`${JSON.stringify(line)}\n`);
  });
  if (!whole) return;
  await answer.write(`${JSON.stringify(ending(exchange, model, reply, ''))}\n`);
  answer.end();
}

const platform: StandInPlatform = {
  keysOf: bearerKeys,
  refuse: (exchange) => exchange.answer.json(401, { error: 'unauthorized' }),
  handle(exchange) {
    const { method, path } = exchange.seen;
    switch (`${method} ${path}`) {
      case 'POST /api/chat':
        return chat(exchange);
      case 'GET /api/tags':
        return exchange.answer.json(200, {
          models: [{ name: 'stand-in:latest', model: 'stand-in:latest', modified_at: CREATED, size: 1 }],
        });
      case 'POST /v1/chat/completions':
        return chatCompletions(exchange);
      case 'GET /v1/models':
        return exchange.answer.json(200, modelList(['stand-in:latest']));
      default:
        return openAiError(exchange, 404, 'not found');
    }
  },
};

/** Starts a stand-in for Ollama (its hosted form, which asks for a key). */
export function startOllama(options: StandInOptions = {}): Promise<StandIn> {
  return startStandIn(platform, { apiKey: 'channel-key-ollama', ...options });
}

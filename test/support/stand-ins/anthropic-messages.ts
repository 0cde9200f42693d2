import type { Exchange } from '../stand-in.ts';
import { anthropicError } from './anthropic-errors.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { type FullUsage, type Reply, replyTo, textIn } from './reply.ts';
import { parseObject, stringOf } from './request-json.ts';

/** Tokens of a prompt that are written to the cache; `input_tokens` counts neither these nor those read from it. */
const CACHE_WRITTEN = 3;

function usage(full: FullUsage, outputTokens: number): object {
  return {
    input_tokens: full.tokens_in - full.tokens_cached - CACHE_WRITTEN,
    cache_creation_input_tokens: CACHE_WRITTEN,
    cache_read_input_tokens: full.tokens_cached,
    cache_creation: { ephemeral_5m_input_tokens: CACHE_WRITTEN, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

function message(model: string, text: string | null, stop_reason: string | null, used: object): object {
  return {
    id: 'msg_stand_in',
    type: 'message',
    role: 'assistant',
    model,
    content: text === null ? [] : [{ type: 'text', text, citations: null }],
    stop_reason,
    stop_sequence: null,
    usage: used,
  };
}

/** `message_start` already states the tokens in and one token out; `message_delta` the final number out. */
async function stream(exchange: Exchange, model: string, reply: Reply): Promise<void> {
  const { answer } = exchange;
  const event = (type: string, members: object): Promise<void> =>
    answer.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`);
  answer.open('text/event-stream; charset=utf-8', { 'request-id': 'req_stand_in' });
  answer.used({ ...reply.usage, tokens_out: 1, tokens_reasoning: null });
  await event('message_start', { message: message(model, null, null, usage(reply.usage, 1)) });
  await event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  await event('ping', {});
  const whole = await eachPiece(exchange, model, reply, (text) =>
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  );
  if (!whole) return;
  await event('content_block_stop', { index: 0 });
  answer.used({ ...reply.usage, tokens_reasoning: null });
  await event('message_delta', {
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: reply.usage.tokens_out },
  });
  await event('message_stop', {});
  answer.end();
}

/** `POST /v1/messages`, JSON and SSE. */
export async function messages(exchange: Exchange): Promise<void> {
  const request = parseObject(exchange.body);
  if (request === null) return anthropicError(exchange, 400, 'The request body is not valid JSON.');
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) return anthropicError(exchange, failure, `The model ${model} fails.`);
  if (typeof request.max_tokens !== 'number') {
    return anthropicError(exchange, 400, 'max_tokens: Field required');
  }
  const reply = replyTo(textIn(request.messages));
  if (request.stream === true) return stream(exchange, model, reply);
  exchange.answer.used({ ...reply.usage, tokens_reasoning: null });
  exchange.answer.json(
    200,
    message(model, reply.text, 'end_turn', usage(reply.usage, reply.usage.tokens_out)),
    {
      'request-id': 'req_stand_in',
    },
  );
}

/** `POST /v1/messages/count_tokens`. */
export function countTokens(exchange: Exchange): void {
  const request = parseObject(exchange.body) ?? {};
  exchange.answer.json(200, { input_tokens: replyTo(textIn(request.messages)).usage.tokens_in });
}

import type { Exchange } from '../stand-in.ts';
import { anthropicError } from './anthropic-errors.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { type FullUsage, type Reply, replyTo, textIn } from './reply.ts';
import { parseObject, stringOf } from './request-json.ts';
import { messagesToolCall, type ToolCall } from './tool-call.ts';

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

const textBlock = (text: string): object => ({ type: 'text', text, citations: null });
const toolBlock = ({ id, name }: ToolCall, input: unknown): object => ({ type: 'tool_use', id, name, input });

function message(model: string, content: object[], stop_reason: string | null, used: object): object {
  return {
    id: 'msg_stand_in',
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason,
    stop_sequence: null,
    usage: used,
  };
}

/** `message_start` already states the tokens in and one token out; `message_delta` the final number out. */
async function stream(exchange: Exchange, model: string, reply: Reply, call: ToolCall | null): Promise<void> {
  const { answer } = exchange;
  const event = (type: string, members: object): Promise<void> =>
    answer.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`);
  answer.open('text/event-stream; charset=utf-8', { 'request-id': 'req_stand_in' });
  answer.used({ ...reply.usage, tokens_out: 1, tokens_reasoning: null });
  await event('message_start', { message: message(model, [], null, usage(reply.usage, 1)) });
  const content_block = call === null ? { type: 'text', text: '' } : toolBlock(call, {});
  await event('content_block_start', { index: 0, content_block });
  await event('ping', {});
  const whole = await eachPiece(exchange, model, call?.argumentPieces ?? reply.pieces, (piece) => {
    const text = { type: 'text_delta', text: piece };
    return event('content_block_delta', {
      index: 0,
      delta: call === null ? text : { type: 'input_json_delta', partial_json: piece },
    });
  });
  if (!whole) return;
  await event('content_block_stop', { index: 0 });
  answer.used({ ...reply.usage, tokens_reasoning: null });
  await event('message_delta', {
    delta: { stop_reason: call === null ? 'end_turn' : 'tool_use', stop_sequence: null },
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
  const prompt = textIn(request.messages);
  const reply = replyTo(prompt);
  const call = messagesToolCall(request, prompt);
  if (request.stream === true) return stream(exchange, model, reply, call);
  if (model.startsWith('slow-')) await exchange.seen.pace.turn();
  if (exchange.answer.gone) return;
  exchange.answer.used({ ...reply.usage, tokens_reasoning: null });
  const content =
    call === null ? textBlock(reply.text) : toolBlock(call, JSON.parse(call.argumentPieces.join('')));
  const used = usage(reply.usage, reply.usage.tokens_out);
  exchange.answer.json(200, message(model, [content], call === null ? 'end_turn' : 'tool_use', used), {
    'request-id': 'req_stand_in',
  });
}

/** `POST /v1/messages/count_tokens`. */
export function countTokens(exchange: Exchange): void {
  const request = parseObject(exchange.body) ?? {};
  exchange.answer.json(200, { input_tokens: replyTo(textIn(request.messages)).usage.tokens_in });
}

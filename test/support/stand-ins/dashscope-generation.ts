import type { Exchange } from '../stand-in.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { type FullUsage, type Reply, replyTo, textIn } from './reply.ts';
import { isObject, type JsonObject, parseObject, stringOf } from './request-json.ts';
import { chatToolCall, functionCall, type ToolCall } from './tool-call.ts';

/** Of every answer. */
export const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

const CODES: Readonly<Record<number, string>> = {
  400: 'InvalidParameter',
  401: 'InvalidApiKey',
  403: 'AccessDenied',
  404: 'ModelNotFound',
  429: 'Throttling.RateQuota',
  500: 'InternalError',
};

/** An error in the body of the native API. */
export function dashScopeError({ answer }: Exchange, status: number, message: string): void {
  answer.json(status, { code: CODES[status] ?? 'InternalError', message, request_id: REQUEST_ID });
}

function nativeUsage(usage: FullUsage, output_tokens: number): object {
  return {
    input_tokens: usage.tokens_in,
    output_tokens,
    total_tokens: usage.tokens_in + output_tokens,
    prompt_tokens_details: { cached_tokens: usage.tokens_cached },
    output_tokens_details: { reasoning_tokens: usage.tokens_reasoning },
  };
}

/** What one request is answered with, and how its text is wrapped: as it is, or as a list of parts. */
interface Turn {
  readonly model: string;
  readonly reply: Reply;
  readonly wrap: (text: string) => string | readonly object[];
}

const partsOf = (text: string): readonly object[] => (text === '' ? [] : [{ text }]);

function result(message: object, finish_reason: string, usage: object): object {
  return {
    output: { choices: [{ finish_reason, message: { role: 'assistant', ...message } }] },
    usage,
    request_id: REQUEST_ID,
  };
}

/** Events are numbered and named `result`; unless asked otherwise each repeats the whole text so far. */
async function stream(exchange: Exchange, turn: Turn, incremental: boolean): Promise<void> {
  const { answer } = exchange;
  const { model, reply, wrap } = turn;
  let id = 0;
  const event = (content: string, finish: string, outputTokens: number): Promise<void> => {
    answer.used({ ...reply.usage, tokens_out: outputTokens });
    const value = result({ content: wrap(content) }, finish, nativeUsage(reply.usage, outputTokens));
    return answer.write(`id:${++id}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(value)}\n\n`);
  };
  answer.open('text/event-stream;charset=UTF-8', { 'x-request-id': REQUEST_ID });
  const whole = await eachPiece(exchange, model, reply.pieces, (piece, at) => {
    const content = incremental ? piece : reply.pieces.slice(0, at + 1).join('');
    return event(content, 'null', at + 1);
  });
  if (!whole) return;
  await event(incremental ? '' : reply.text, 'stop', reply.usage.tokens_out);
  answer.end();
}

function calling(call: ToolCall): object {
  return { content: '', tool_calls: [functionCall(call, call.argumentPieces.join(''))] };
}

/** Reads what both services have in common. @returns `null` where it was refused */
function accepted(exchange: Exchange): { request: JsonObject; model: string } | null {
  const request = parseObject(exchange.body);
  if (request === null) {
    dashScopeError(exchange, 400, 'Required body invalid, please check the request body format.');
    return null;
  }
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) dashScopeError(exchange, failure, `The model ${model} fails.`);
  return failure === null ? { request, model } : null;
}

async function generate(exchange: Exchange, wrap: Turn['wrap']): Promise<void> {
  const { request, model } = accepted(exchange) ?? { model: '' };
  if (request === undefined) return;
  const input = isObject(request.input) ? request.input : {};
  const parameters = isObject(request.parameters) ? request.parameters : {};
  const prompt = textIn(input.messages) || stringOf(input, 'prompt');
  const reply = replyTo(prompt);
  if (exchange.seen.header('x-dashscope-sse')[0] === 'enable') {
    return stream(exchange, { model, reply, wrap }, parameters.incremental_output === true);
  }
  if (model.startsWith('slow-')) await exchange.seen.pace.turn();
  if (exchange.answer.gone) return;
  const call = chatToolCall(parameters.tools, input.messages, prompt);
  const message = call === null ? { content: wrap(reply.text) } : calling(call);
  exchange.answer.used(reply.usage);
  const used = nativeUsage(reply.usage, reply.usage.tokens_out);
  exchange.answer.json(200, result(message, call === null ? 'stop' : 'tool_calls', used));
}

/** `POST /api/v1/services/aigc/text-generation/generation`, JSON and (`X-DashScope-SSE: enable`) SSE. */
export const generation = (exchange: Exchange): Promise<void> => generate(exchange, (text) => text);

/** `POST /api/v1/services/aigc/multimodal-generation/generation`: contents are lists of parts. */
export const multimodal = (exchange: Exchange): Promise<void> => generate(exchange, partsOf);

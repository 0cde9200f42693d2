import type { Exchange } from '../stand-in.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { type FullUsage, type Reply, replyTo, textIn } from './reply.ts';
import { isObject, parseObject, stringOf } from './request-json.ts';

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

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

function result(content: string, finish_reason: string, usage: object): object {
  return {
    output: { choices: [{ finish_reason, message: { role: 'assistant', content } }] },
    usage,
    request_id: REQUEST_ID,
  };
}

/** Events are numbered and named `result`; unless asked otherwise each repeats the whole text so far. */
async function stream(exchange: Exchange, model: string, reply: Reply, incremental: boolean): Promise<void> {
  const { answer } = exchange;
  let id = 0;
  const event = (content: string, finish: string, outputTokens: number): Promise<void> => {
    answer.used({ ...reply.usage, tokens_out: outputTokens });
    const value = result(content, finish, nativeUsage(reply.usage, outputTokens));
    return answer.write(`id:${++id}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(value)}\n\n`);
  };
  answer.open('text/event-stream;charset=UTF-8', { 'x-request-id': REQUEST_ID });
  const whole = await eachPiece(exchange, model, reply, (piece, at) => {
    const content = incremental ? piece : reply.pieces.slice(0, at + 1).join('');
    return event(content, 'null', at + 1);
  });
  if (!whole) return;
  await event(incremental ? '' : reply.text, 'stop', reply.usage.tokens_out);
  answer.end();
}

/** `POST /api/v1/services/aigc/text-generation/generation`, JSON and (`X-DashScope-SSE: enable`) SSE. */
export async function generation(exchange: Exchange): Promise<void> {
  const request = parseObject(exchange.body);
  if (request === null)
    return dashScopeError(exchange, 400, 'Required body invalid, please check the request body format.');
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) return dashScopeError(exchange, failure, `The model ${model} fails.`);
  const input = isObject(request.input) ? request.input : {};
  const parameters = isObject(request.parameters) ? request.parameters : {};
  const reply = replyTo(textIn(input.messages) || stringOf(input, 'prompt'));
  if (exchange.seen.header('x-dashscope-sse')[0] === 'enable') {
    return stream(exchange, model, reply, parameters.incremental_output === true);
  }
  exchange.answer.used(reply.usage);
  exchange.answer.json(200, result(reply.text, 'stop', nativeUsage(reply.usage, reply.usage.tokens_out)));
}

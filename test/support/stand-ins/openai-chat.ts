import { gzipSync } from 'node:zlib';
import type { Exchange } from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { openAiError } from './openai-errors.ts';
import { chatUsage } from './openai-usage.ts';
import { type Reply, replyTo, textIn } from './reply.ts';
import { isObject, type JsonObject, parseObject, stringOf } from './request-json.ts';
import { chatToolCall, functionCall, type ToolCall } from './tool-call.ts';

const CREATED = 1_767_225_600;

/** How platforms that speak chat completions differ from OpenAI. */
export interface ChatFlavour {
  /** The model, where it does not stand in the body. */
  readonly model?: string;
  /** Sent as first event of each stream (Azure's prompt filter results). */
  readonly firstEvent?: object;
}

/** What one request is answered with: the reply, or a call of the client's tool in its place. */
interface Turn {
  readonly model: string;
  readonly reply: Reply;
  readonly call: ToolCall | null;
}

function completion({ model, reply, call }: Turn): object {
  const tool_calls = call === null ? {} : { tool_calls: [functionCall(call, call.argumentPieces.join(''))] };
  const content = call === null ? reply.text : null;
  return {
    id: 'chatcmpl-stand-in',
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations: [], ...tool_calls },
        logprobs: null,
        finish_reason: call === null ? 'stop' : 'tool_calls',
      },
    ],
    usage: chatUsage(reply.usage),
    service_tier: 'default',
    system_fingerprint: null,
  };
}

const argumentsOf = (piece: string): object => ({ index: 0, function: { arguments: piece } });

/** Chunks carry `usage: null` only where usage was asked for, and then one more comes with `choices: []`. */
async function stream(exchange: Exchange, turn: Turn, withUsage: boolean, first?: object) {
  const { answer } = exchange;
  const { model, reply, call } = turn;
  const head = { id: 'chatcmpl-stand-in', object: 'chat.completion.chunk', created: CREATED, model };
  const event = (choices: readonly object[], usage: object | null = null): Promise<void> =>
    answer.write(
      `data: ${JSON.stringify({ ...head, service_tier: 'default', system_fingerprint: null, choices, ...(withUsage ? { usage } : {}) })}\n\n`,
    );
  const choice = (delta: object, finish_reason: string | null = null): readonly object[] => [
    { index: 0, delta, logprobs: null, finish_reason },
  ];
  answer.open('text/event-stream; charset=utf-8', { 'x-request-id': 'req_stand_in' });
  if (first !== undefined) await answer.write(`data: ${JSON.stringify({ ...head, ...first })}\n\n`);
  await event(choice({ role: 'assistant', content: '', refusal: null }));
  if (call !== null) await event(choice({ tool_calls: [functionCall(call, '')] }));
  const pieces = call?.argumentPieces ?? reply.pieces;
  const whole = await eachPiece(exchange, model, pieces, (piece) =>
    event(choice(call === null ? { content: piece } : { tool_calls: [argumentsOf(piece)] })),
  );
  if (!whole) return;
  await event(choice({}, call === null ? 'stop' : 'tool_calls'));
  if (withUsage) {
    answer.used(reply.usage);
    await event([], chatUsage(reply.usage));
  }
  await answer.write('data: [DONE]\n\n');
  answer.end();
}

/** `error-401-echo` tells the key it got, as some platforms do. */
function failureText({ seen }: Exchange, model: string): string {
  const echo = model.endsWith('-echo') ? ` Your key is ${bearerKeys(seen).join()}, isn't it?` : '';
  return `The model ${model} fails.${echo}`;
}

/** `gzip-…` codes its answer whatever the client accepts. */
function sendCoded({ answer }: Exchange, value: object): void {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  answer.send(200, gzipSync(JSON.stringify(value)), headers);
}

function wantsUsage(request: JsonObject): boolean {
  const options = request.stream_options;
  return isObject(options) && options.include_usage === true;
}

/** `POST …/chat/completions`, JSON and SSE. */
export async function chatCompletions(exchange: Exchange, flavour: ChatFlavour = {}): Promise<void> {
  const request = parseObject(exchange.body);
  if (request === null)
    return openAiError(exchange, 400, 'We could not parse the JSON body of your request.');
  const model = flavour.model ?? stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) return openAiError(exchange, failure, failureText(exchange, model));
  const prompt = textIn(request.messages);
  const reply = replyTo(prompt);
  const turn = { model, reply, call: chatToolCall(request.tools, request.messages, prompt) };
  if (request.stream === true) return stream(exchange, turn, wantsUsage(request), flavour.firstEvent);
  if (model.startsWith('slow-')) await exchange.seen.pace.turn();
  if (exchange.answer.gone) return;
  exchange.answer.used(reply.usage);
  if (model.startsWith('gzip-')) return sendCoded(exchange, completion(turn));
  exchange.answer.json(200, completion(turn), { 'x-request-id': 'req_stand_in' });
}

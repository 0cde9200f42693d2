import { gzipSync } from 'node:zlib';
import type { Exchange } from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { openAiError } from './openai-errors.ts';
import { chatUsage } from './openai-usage.ts';
import { type Reply, replyTo, textIn } from './reply.ts';
import { isObject, type JsonObject, parseObject, stringOf } from './request-json.ts';

const CREATED = 1_767_225_600;

/** How platforms that speak chat completions differ from OpenAI. */
export interface ChatFlavour {
  /** The model, where it does not stand in the body. */
  readonly model?: string;
  /** Sent as first event of each stream (Azure's prompt filter results). */
  readonly firstEvent?: object;
}

function completion(model: string, reply: Reply): object {
  return {
    id: 'chatcmpl-stand-in',
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.text, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: chatUsage(reply.usage),
    service_tier: 'default',
    system_fingerprint: null,
  };
}

/** Chunks carry `usage: null` only where usage was asked for, and then one more comes with `choices: []`. */
async function stream(exchange: Exchange, model: string, reply: Reply, withUsage: boolean, first?: object) {
  const { answer } = exchange;
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
  const whole = await eachPiece(exchange, model, reply, (content) => event(choice({ content })));
  if (!whole) return;
  await event(choice({}, 'stop'));
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
  const reply = replyTo(textIn(request.messages));
  if (request.stream === true) {
    return stream(exchange, model, reply, wantsUsage(request), flavour.firstEvent);
  }
  if (model.startsWith('slow-')) await exchange.seen.pace.turn();
  if (exchange.answer.gone) return;
  exchange.answer.used(reply.usage);
  if (model.startsWith('gzip-')) return sendCoded(exchange, completion(model, reply));
  exchange.answer.json(200, completion(model, reply), { 'x-request-id': 'req_stand_in' });
}

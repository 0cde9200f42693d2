import type { Exchange } from '../stand-in.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { openAiError } from './openai-errors.ts';
import { responsesUsage } from './openai-usage.ts';
import { type Reply, replyTo, textIn } from './reply.ts';
import { parseObject, stringOf } from './request-json.ts';

const ITEM = 'msg_stand_in';

function message(status: string, text: string | null): object {
  const content = text === null ? [] : [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { id: ITEM, type: 'message', role: 'assistant', status, content };
}

function response(model: string, status: string, reply: Reply | null): object {
  return {
    id: 'resp_stand_in',
    object: 'response',
    created_at: 1_767_225_600,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output: reply === null ? [] : [message('completed', reply.text)],
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: reply === null ? null : responsesUsage(reply.usage),
  };
}

/** The events of a streamed response, numbered, each with its name. */
async function stream(exchange: Exchange, model: string, reply: Reply): Promise<void> {
  const { answer } = exchange;
  let sequence_number = 0;
  const event = (type: string, members: object): Promise<void> =>
    answer.write(
      `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence_number++, ...members })}\n\n`,
    );
  const at = { item_id: ITEM, output_index: 0, content_index: 0 };
  const part = (text: string): object => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  answer.open('text/event-stream; charset=utf-8');
  await event('response.created', { response: response(model, 'in_progress', null) });
  await event('response.in_progress', { response: response(model, 'in_progress', null) });
  await event('response.output_item.added', { output_index: 0, item: message('in_progress', null) });
  await event('response.content_part.added', { ...at, part: part('') });
  const whole = await eachPiece(exchange, model, reply.pieces, (delta) =>
    event('response.output_text.delta', { ...at, delta, logprobs: [] }),
  );
  if (!whole) return;
  await event('response.output_text.done', { ...at, text: reply.text, logprobs: [] });
  await event('response.content_part.done', { ...at, part: part(reply.text) });
  await event('response.output_item.done', { output_index: 0, item: message('completed', reply.text) });
  answer.used(reply.usage);
  await event('response.completed', { response: response(model, 'completed', reply) });
  answer.end();
}

/** `POST /v1/responses`, JSON and SSE. */
export async function responses(exchange: Exchange): Promise<void> {
  const request = parseObject(exchange.body);
  if (request === null)
    return openAiError(exchange, 400, 'We could not parse the JSON body of your request.');
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  if (failure !== null) return openAiError(exchange, failure, `The model ${model} fails.`);
  const reply = replyTo(textIn(request.input));
  if (request.stream === true) return stream(exchange, model, reply);
  exchange.answer.used(reply.usage);
  exchange.answer.json(200, response(model, 'completed', reply));
}

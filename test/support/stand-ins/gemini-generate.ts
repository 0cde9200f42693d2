import type { Exchange } from '../stand-in.ts';
import { geminiError } from './gemini-errors.ts';
import { eachPiece, errorStatusOf } from './model-behaviour.ts';
import { embeddingOf, type FullUsage, type Reply, replyTo, textIn } from './reply.ts';
import { isObject, parseObject } from './request-json.ts';
import { geminiToolCall } from './tool-call.ts';

/** Gemini counts thoughts apart from candidates. */
function usageMetadata(usage: FullUsage, candidatesTokenCount: number): object {
  return {
    promptTokenCount: usage.tokens_in,
    candidatesTokenCount,
    totalTokenCount: usage.tokens_in + candidatesTokenCount + usage.tokens_reasoning,
    cachedContentTokenCount: usage.tokens_cached,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.tokens_in }],
    thoughtsTokenCount: usage.tokens_reasoning,
  };
}

function answerOf(model: string, part: object, finished: boolean, used: object): object {
  const candidate = { content: { parts: [part], role: 'model' }, index: 0 };
  return {
    candidates: [finished ? { ...candidate, finishReason: 'STOP' } : candidate],
    usageMetadata: used,
    modelVersion: model,
    responseId: 'stand-in',
  };
}

/** Every event states the usage so far; events end with CRLF CRLF, and the last carries `finishReason`. */
async function stream(exchange: Exchange, model: string, reply: Reply): Promise<void> {
  const { answer } = exchange;
  const event = (text: string, finished: boolean, candidates: number): Promise<void> => {
    answer.used({ ...reply.usage, tokens_out: candidates + reply.usage.tokens_reasoning });
    const value = answerOf(model, { text }, finished, usageMetadata(reply.usage, candidates));
    return answer.write(`data: ${JSON.stringify(value)}\r\n\r\n`);
  };
  answer.open('text/event-stream');
  const whole = await eachPiece(exchange, model, reply.pieces, (text, at) => event(text, false, at + 1));
  if (!whole) return;
  await event('', true, reply.pieces.length);
  answer.end();
}

/** `POST /v1beta/models/{model}:generateContent` and `:streamGenerateContent`. */
export async function generateContent(exchange: Exchange, model: string, streamed: boolean): Promise<void> {
  const request = parseObject(exchange.body);
  if (request === null) return geminiError(exchange, 400, 'Invalid JSON payload received.');
  const failure = errorStatusOf(model);
  if (failure !== null) return geminiError(exchange, failure, `The model ${model} fails.`);
  const prompt = textIn(request.contents);
  const reply = replyTo(prompt);
  if (streamed) return stream(exchange, model, reply);
  if (model.startsWith('slow-')) await exchange.seen.pace.turn();
  if (exchange.answer.gone) return;
  const call = geminiToolCall(request, prompt);
  const part =
    call === null
      ? { text: reply.text }
      : { functionCall: { name: call.name, args: JSON.parse(call.argumentPieces.join('')) } };
  exchange.answer.used(reply.usage);
  const used = usageMetadata(reply.usage, reply.pieces.length);
  exchange.answer.json(200, answerOf(model, part, true, used));
}

/** `:embedContent` and `:batchEmbedContents`; neither states usage. */
export function embedContent(exchange: Exchange, batch: boolean): void {
  const request = parseObject(exchange.body) ?? {};
  const requests = batch && Array.isArray(request.requests) ? request.requests : [request];
  const embeddings = requests.map((one) => ({
    values: embeddingOf(isObject(one) ? textIn(one.content) : ''),
  }));
  exchange.answer.json(200, batch ? { embeddings } : { embedding: embeddings[0] });
}

/** `:countTokens`. */
export function countTokens(exchange: Exchange): void {
  const request = parseObject(exchange.body) ?? {};
  exchange.answer.json(200, { totalTokens: replyTo(textIn(request.contents)).usage.tokens_in });
}

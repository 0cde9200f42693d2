import type { Exchange } from '../stand-in.ts';
import { errorStatusOf } from './model-behaviour.ts';
import { openAiError } from './openai-errors.ts';
import { embeddingOf, embeddingTokens } from './reply.ts';
import { parseObject, stringOf } from './request-json.ts';

function base64(numbers: readonly number[]): string {
  return Buffer.from(new Float32Array(numbers).buffer).toString('base64');
}

/** `POST …/embeddings`, as numbers or as base64 of little-endian 32-bit floats. */
export function embeddings(exchange: Exchange): void {
  const request = parseObject(exchange.body);
  const model = request === null ? '' : stringOf(request, 'model');
  const failure = request === null ? 400 : errorStatusOf(model);
  if (request === null || failure !== null) {
    openAiError(exchange, failure ?? 400, `The model ${model} fails.`);
    return;
  }
  const texts = [request.input].flat().map(String);
  const tokens = embeddingTokens(texts);
  const data = texts.map((text, index) => {
    const vector = embeddingOf(text);
    const embedding = request.encoding_format === 'base64' ? base64(vector) : vector;
    return { object: 'embedding', index, embedding };
  });
  exchange.answer.used({ tokens_in: tokens, tokens_out: null, tokens_cached: null, tokens_reasoning: null });
  exchange.answer.json(200, {
    object: 'list',
    data,
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

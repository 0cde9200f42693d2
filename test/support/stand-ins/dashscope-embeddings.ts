import type { Exchange } from '../stand-in.ts';
import { dashScopeError, REQUEST_ID } from './dashscope-generation.ts';
import { errorStatusOf } from './model-behaviour.ts';
import { embeddingOf, embeddingTokens } from './reply.ts';
import { isObject, parseObject, stringOf } from './request-json.ts';

/** `POST /api/v1/services/embeddings/text-embedding/text-embedding`; it states a total of tokens and nothing else. */
export function nativeEmbeddings(exchange: Exchange): void {
  const request = parseObject(exchange.body) ?? {};
  const model = stringOf(request, 'model');
  const failure = errorStatusOf(model);
  const { texts } = isObject(request.input) ? request.input : {};
  if (failure !== null || !Array.isArray(texts)) {
    dashScopeError(
      exchange,
      failure ?? 400,
      failure === null ? 'input.texts is required' : `${model} fails.`,
    );
    return;
  }
  const tokens = embeddingTokens(texts.map(String));
  exchange.answer.used({ tokens_in: tokens });
  const embeddings = texts.map((text, text_index) => ({ text_index, embedding: embeddingOf(String(text)) }));
  exchange.answer.json(200, {
    output: { embeddings },
    usage: { total_tokens: tokens },
    request_id: REQUEST_ID,
  });
}

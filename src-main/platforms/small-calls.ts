import type { SmallCall } from '../core/platform.ts';

const WORD = 'ping';

/**
 * One token by OpenAI's chat.
 * @param limit the member that bounds the answer: OpenAI's newer models refuse the old name, other servers do not know the new one
 */
export const openaiChat =
  (limit: 'max_tokens' | 'max_completion_tokens') =>
  (model: string): SmallCall => ({
    path: '/v1/chat/completions',
    body: { model, messages: [{ role: 'user', content: WORD }], [limit]: 1 },
  });

/** One token by Anthropic's messages. */
export const anthropicMessage = (model: string): SmallCall => ({
  path: '/v1/messages',
  body: { model, max_tokens: 1, messages: [{ role: 'user', content: WORD }] },
});

/** One token of Gemini's. */
export const geminiContent = (model: string): SmallCall => ({
  path: `/v1beta/models/${encodeURIComponent(model)}:generateContent`,
  body: { contents: [{ role: 'user', parts: [{ text: WORD }] }], generationConfig: { maxOutputTokens: 1 } },
});

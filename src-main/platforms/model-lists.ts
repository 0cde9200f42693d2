import { z } from 'zod';
import type { ModelList } from '../core/platform.ts';

const OpenAiList = z.object({ data: z.array(z.object({ id: z.string() })) });
const AnthropicPage = OpenAiList.extend({ has_more: z.boolean().optional(), last_id: z.string().nullish() });
const GeminiPage = z.object({
  models: z.array(z.object({ name: z.string() })).default([]),
  nextPageToken: z.string().optional(),
});
const OllamaList = z.object({ models: z.array(z.object({ name: z.string() })) });

const wholeList = { query: '', nextPage: () => null } as const;

/** The list of OpenAI and of all that copied it. @param path where it is */
export const openaiModels = (path: string): ModelList => ({
  ...wholeList,
  path,
  idsIn: (answer) => {
    const list = OpenAiList.safeParse(answer);
    return list.success ? list.data.data.map(({ id }) => id) : null;
  },
});

/** Anthropic's list comes in pages, each asked for by the last id of the one before. */
export const anthropicModels: ModelList = {
  ...openaiModels('/v1/models'),
  query: 'limit=1000',
  nextPage: (answer) => {
    const page = AnthropicPage.safeParse(answer);
    const last = page.success && page.data.has_more === true ? page.data.last_id : null;
    return last ? `after_id=${encodeURIComponent(last)}` : null;
  },
};

/** Gemini's list comes in pages of at most 1,000; its names begin with `models/`, which requests may leave out. */
export const geminiModels: ModelList = {
  path: '/v1beta/models',
  query: 'pageSize=1000',
  idsIn: (answer) => {
    const page = GeminiPage.safeParse(answer);
    return page.success ? page.data.models.map(({ name }) => name.replace(/^models\//, '')) : null;
  },
  nextPage: (answer) => {
    const token = GeminiPage.safeParse(answer).data?.nextPageToken;
    return token ? `pageToken=${encodeURIComponent(token)}` : null;
  },
};

/** What an Ollama server has on its disk. */
export const ollamaModels: ModelList = {
  ...wholeList,
  path: '/api/tags',
  idsIn: (answer) => {
    const list = OllamaList.safeParse(answer);
    return list.success ? list.data.models.map(({ name }) => name) : null;
  },
};

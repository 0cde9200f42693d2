import type { Usage } from '../contract/request-record.ts';

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

const detail = (shape: Shape, group: string, name: string): number | null => {
  const inner = shape[group];
  return isShape(inner) ? count(inner[name]) : null;
};

/** A sum in which what was not said counts nothing; `null` where nothing was said at all. */
const sum = (...parts: (number | null)[]): number | null =>
  parts.every((part) => part === null) ? null : parts.reduce<number>((total, part) => total + (part ?? 0), 0);

/** OpenAI chat, completions, embeddings: `prompt_tokens`; cached and reasoning tokens are parts of the totals. */
const chatUsage = (usage: Shape): Usage => ({
  tokens_in: count(usage.prompt_tokens),
  tokens_out: count(usage.completion_tokens),
  tokens_cached: detail(usage, 'prompt_tokens_details', 'cached_tokens'),
  tokens_reasoning: detail(usage, 'completion_tokens_details', 'reasoning_tokens'),
  characters: null,
  seconds: null,
});

/**
 * OpenAI Responses, images, transcriptions, and DashScope's native API: `input_tokens` is the whole input. Realtime
 * answers call their details `input_token_details`.
 */
const responsesUsage = (usage: Shape): Usage => ({
  tokens_in: count(usage.input_tokens),
  tokens_out: count(usage.output_tokens),
  tokens_cached:
    detail(usage, 'input_tokens_details', 'cached_tokens') ??
    detail(usage, 'input_token_details', 'cached_tokens') ??
    detail(usage, 'prompt_tokens_details', 'cached_tokens'),
  tokens_reasoning:
    detail(usage, 'output_tokens_details', 'reasoning_tokens') ??
    detail(usage, 'output_token_details', 'reasoning_tokens'),
  characters: null,
  seconds: null,
});

/** Anthropic: `input_tokens` leaves out what came from or went into the cache, so the whole input is their sum. */
const anthropicUsage = (usage: Shape): Usage => ({
  tokens_in: sum(
    count(usage.input_tokens),
    count(usage.cache_creation_input_tokens),
    count(usage.cache_read_input_tokens),
  ),
  tokens_out: count(usage.output_tokens),
  tokens_cached: count(usage.cache_read_input_tokens),
  tokens_reasoning: null,
  characters: null,
  seconds: null,
});

/** Gemini: thoughts are not part of the candidates' tokens, so the whole output is their sum. */
const geminiUsage = (usage: Shape): Usage => ({
  tokens_in: sum(count(usage.promptTokenCount), count(usage.toolUsePromptTokenCount)),
  // Live sessions tell `responseTokenCount` where single answers tell `candidatesTokenCount`.
  tokens_out: sum(
    count(usage.candidatesTokenCount) ?? count(usage.responseTokenCount),
    count(usage.thoughtsTokenCount),
  ),
  tokens_cached: count(usage.cachedContentTokenCount),
  tokens_reasoning: count(usage.thoughtsTokenCount),
  characters: null,
  seconds: null,
});

/** Ollama's native answers carry the counts at the top level. */
const ollamaUsage = (answer: Shape): Usage => ({
  tokens_in: count(answer.prompt_eval_count),
  tokens_out: count(answer.eval_count),
  tokens_cached: null,
  tokens_reasoning: null,
  characters: null,
  seconds: null,
});

/** DashScope's embeddings tell only a total. */
const totalUsage = (usage: Shape): Usage => ({
  tokens_in: count(usage.total_tokens),
  tokens_out: null,
  tokens_cached: null,
  tokens_reasoning: null,
  characters: null,
  seconds: null,
});

/** Speech: DashScope and others tell the characters spoken or the seconds of audio, OpenAI's transcriptions `seconds`. */
const speechUsage = (usage: Shape): Usage => ({
  characters: count(usage.characters),
  seconds: count(usage.seconds) ?? count(usage.duration),
  tokens_in: null,
  tokens_out: null,
  tokens_cached: null,
  tokens_reasoning: null,
});

/** The usage in a member `usage`, whatever platform wrote it; `null` for one of an unknown kind. */
export function ofUsage(usage: Shape): Usage | null {
  if ('prompt_tokens' in usage || 'completion_tokens' in usage) return chatUsage(usage);
  if ('cache_read_input_tokens' in usage || 'cache_creation_input_tokens' in usage)
    return anthropicUsage(usage);
  if ('input_tokens' in usage || 'output_tokens' in usage) return responsesUsage(usage);
  if ('total_tokens' in usage) return totalUsage(usage);
  return 'characters' in usage || 'seconds' in usage || 'duration' in usage ? speechUsage(usage) : null;
}

/**
 * The usage that a parsed answer or event tells, whatever platform it is from; `null` where it tells none.
 * `tokens_in` is always the whole input and `tokens_out` the whole output, cached and reasoning tokens included.
 */
export function usageIn(answer: unknown): Usage | null {
  if (!isShape(answer)) return null;
  if (isShape(answer.usage)) return ofUsage(answer.usage);
  if (isShape(answer.usageMetadata)) return geminiUsage(answer.usageMetadata);
  for (const inner of [answer.response, answer.message]) {
    if (isShape(inner) && isShape(inner.usage)) return ofUsage(inner.usage);
  }
  return 'eval_count' in answer || 'prompt_eval_count' in answer ? ollamaUsage(answer) : null;
}

/** Usages that add up: of several answers on one connection. What nobody told stays `null`. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    tokens_in: sum(one.tokens_in, other.tokens_in),
    tokens_out: sum(one.tokens_out, other.tokens_out),
    tokens_cached: sum(one.tokens_cached, other.tokens_cached),
    tokens_reasoning: sum(one.tokens_reasoning, other.tokens_reasoning),
    characters: sum(one.characters, other.characters),
    seconds: sum(one.seconds, other.seconds),
  };
}

/** Later events complete and correct earlier ones: what they say counts, what they leave out stays. */
export function mergeUsage(before: Usage, after: Usage): Usage {
  return {
    tokens_in: after.tokens_in ?? before.tokens_in,
    tokens_out: after.tokens_out ?? before.tokens_out,
    tokens_cached: after.tokens_cached ?? before.tokens_cached,
    tokens_reasoning: after.tokens_reasoning ?? before.tokens_reasoning,
    characters: after.characters ?? before.characters,
    seconds: after.seconds ?? before.seconds,
  };
}

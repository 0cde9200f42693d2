import type { FullUsage } from './reply.ts';

/** `usage` of chat completions; the type is that of the official SDK. */
export function chatUsage(usage: FullUsage): object {
  return {
    prompt_tokens: usage.tokens_in,
    completion_tokens: usage.tokens_out,
    total_tokens: usage.tokens_in + usage.tokens_out,
    prompt_tokens_details: { cached_tokens: usage.tokens_cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.tokens_reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** `usage` of responses. */
export function responsesUsage(usage: FullUsage): object {
  return {
    input_tokens: usage.tokens_in,
    input_tokens_details: { cached_tokens: usage.tokens_cached, cache_write_tokens: 0 },
    output_tokens: usage.tokens_out,
    output_tokens_details: { reasoning_tokens: usage.tokens_reasoning },
    total_tokens: usage.tokens_in + usage.tokens_out,
  };
}

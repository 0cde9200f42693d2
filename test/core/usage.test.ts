import type { Message, MessageDeltaUsage } from '@anthropic-ai/sdk/resources/messages';
import type { GenerateContentResponseUsageMetadata } from '@google/genai';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { NO_USAGE, type Usage } from '../../src-main/contract/request-record.ts';
import { mergeUsage, usageIn } from '../../src-main/core/usage.ts';

const usage = (
  tokens_in: number | null,
  tokens_out: number | null,
  tokens_cached: number | null,
  tokens_reasoning: number | null,
): Usage => ({
  ...NO_USAGE,
  tokens_in,
  tokens_out,
  tokens_cached,
  tokens_reasoning,
});

/** Shapes as the official SDKs declare them: the compiler holds them to it. */
const CHAT: Partial<OpenAI.CompletionUsage> = {
  prompt_tokens: 30,
  completion_tokens: 12,
  total_tokens: 42,
  prompt_tokens_details: { cached_tokens: 10, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 8, audio_tokens: 0 },
};
const RESPONSE: Partial<OpenAI.Responses.ResponseUsage> = {
  input_tokens: 30,
  output_tokens: 12,
  total_tokens: 42,
  output_tokens_details: { reasoning_tokens: 8 },
};
const EMBEDDING: OpenAI.CreateEmbeddingResponse['usage'] = { prompt_tokens: 9, total_tokens: 9 };
const MESSAGE: Partial<Message['usage']> = {
  input_tokens: 20,
  output_tokens: 12,
  cache_creation_input_tokens: 3,
  cache_read_input_tokens: 7,
};
const DELTA: Partial<MessageDeltaUsage> = { output_tokens: 15 };
const GEMINI: GenerateContentResponseUsageMetadata = {
  promptTokenCount: 30,
  toolUsePromptTokenCount: 5,
  candidatesTokenCount: 12,
  thoughtsTokenCount: 8,
  cachedContentTokenCount: 10,
  totalTokenCount: 55,
};

const TOLD: readonly (readonly [string, unknown, Usage])[] = [
  ['OpenAI chat', { usage: CHAT }, usage(30, 12, 10, 8)],
  [
    'OpenAI chat without details',
    { usage: { prompt_tokens: 3, completion_tokens: 4 } },
    usage(3, 4, null, null),
  ],
  [
    'OpenAI Responses',
    { usage: { ...RESPONSE, input_tokens_details: { cached_tokens: 10 } } },
    usage(30, 12, 10, 8),
  ],
  [
    'an event of OpenAI Responses',
    { type: 'response.completed', response: { usage: RESPONSE } },
    usage(30, 12, null, 8),
  ],
  ['OpenAI embeddings', { usage: EMBEDDING }, usage(9, null, null, null)],
  ['Anthropic', { usage: MESSAGE }, usage(30, 12, 7, null)],
  ['Anthropic message_start', { type: 'message_start', message: { usage: MESSAGE } }, usage(30, 12, 7, null)],
  ['Anthropic message_delta', { type: 'message_delta', usage: DELTA }, usage(null, 15, null, null)],
  [
    'Anthropic without cache',
    {
      usage: {
        input_tokens: 3,
        output_tokens: 4,
        cache_creation_input_tokens: null,
        cache_read_input_tokens: null,
      },
    },
    usage(3, 4, null, null),
  ],
  ['Gemini', { usageMetadata: GEMINI }, usage(35, 20, 10, 8)],
  [
    'Gemini before its first candidate',
    { usageMetadata: { promptTokenCount: 30 } },
    usage(30, null, null, null),
  ],
  [
    'DashScope, native',
    { output: {}, usage: { input_tokens: 22, output_tokens: 17, total_tokens: 39 }, request_id: 'x' },
    usage(22, 17, null, null),
  ],
  [
    'DashScope, cached',
    { usage: { input_tokens: 22, output_tokens: 17, prompt_tokens_details: { cached_tokens: 5 } } },
    usage(22, 17, 5, null),
  ],
  [
    'DashScope embeddings',
    { output: { embeddings: [] }, usage: { total_tokens: 23 } },
    usage(23, null, null, null),
  ],
  ['Ollama', { done: true, prompt_eval_count: 26, eval_count: 298 }, usage(26, 298, null, null)],
  ['DashScope speech', { usage: { characters: 31 } }, { ...NO_USAGE, characters: 31 }],
  ['DashScope recognition', { usage: { duration: 12 } }, { ...NO_USAGE, seconds: 12 }],
  [
    'OpenAI transcription by duration',
    { usage: { type: 'duration', seconds: 7.5 } },
    { ...NO_USAGE, seconds: 7.5 },
  ],
];

const SILENT: readonly (readonly [string, unknown])[] = [
  ['nothing', {}],
  ['null', null],
  ['a list', [{ usage: CHAT }]],
  ['a text', 'usage'],
  ['usage that is null', { usage: null }],
  ['usage that is a number', { usage: 5 }],
  ['usage of speech', { payload: { usage: { characters: 31 } } }],
  ['usage of an unknown kind', { usage: { pixels: 31 } }],
];

describe('the usage in an answer', () => {
  it.each(TOLD)('is read from %s', (_, answer, expected) => expect(usageIn(answer)).toEqual(expected));

  it.each(SILENT)('is none in %s', (_, answer) => expect(usageIn(answer)).toBeNull());

  it('takes no nonsense for a count', () => {
    const nonsense = {
      prompt_tokens: -1,
      completion_tokens: '5',
      prompt_tokens_details: { cached_tokens: Number.NaN },
    };
    expect(usageIn({ usage: nonsense })).toEqual(NO_USAGE);
  });
});

describe('usage that comes in parts', () => {
  it('is completed and corrected by what comes later', () => {
    const start = usageIn({ message: { usage: { ...MESSAGE, output_tokens: 1 } } }) ?? NO_USAGE;
    expect(mergeUsage(start, usageIn({ usage: DELTA }) ?? NO_USAGE)).toEqual(usage(30, 15, 7, null));
  });

  it('is not undone by what says less', () => {
    expect(mergeUsage(usage(1, 2, 3, 4), NO_USAGE)).toEqual(usage(1, 2, 3, 4));
    expect(mergeUsage(usage(1, 2, 3, 4), usage(0, null, null, 0))).toEqual(usage(0, 2, 3, 0));
  });
});

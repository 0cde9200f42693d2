import { z } from 'zod';

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });

/** What the demo platform reads of a chat request; the rest is accepted and ignored. */
export const ChatRequest = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(Part), z.null()]).optional() }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});

export type ChatRequest = z.infer<typeof ChatRequest>;

/** What stays the same through one answer; `createdS` is in epoch seconds. */
export interface AnswerHead {
  readonly id: string;
  readonly createdS: number;
}

function textOf(message: ChatRequest['messages'][number] | undefined): string {
  const content = message?.content ?? '';
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
}

/** What the demo platform says: enough to see that the words and the key made the whole way. */
export function answerText(request: ChatRequest): string {
  const said = textOf(request.messages.findLast(({ role }) => role === 'user'));
  return `You said: ${said}\nThis is AIProxy's demo platform. It was asked with the channel's key; your Proxy-Key stayed behind.`;
}

/** Words and marks; real platforms count in their own ways. */
export function countTokens(text: string): number {
  return text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
}

function usageOf(request: ChatRequest, answer: string) {
  const prompt = request.messages.reduce((sum, message) => sum + countTokens(textOf(message)), 0);
  const completion = countTokens(answer);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** The answer to a chat request that does not stream. */
export function chatCompletion(request: ChatRequest, { id, createdS }: AnswerHead): object {
  const content = answerText(request);
  return {
    id,
    object: 'chat.completion',
    created: createdS,
    model: request.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: usageOf(request, content),
  };
}

/** The events of a streamed answer, `[DONE]` not among them. */
export function* chatChunks(request: ChatRequest, { id, createdS }: AnswerHead): Generator<object> {
  const answer = answerText(request);
  const chunk = (delta: object, finish: 'stop' | null = null) => ({
    id,
    object: 'chat.completion.chunk',
    created: createdS,
    model: request.model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  yield chunk({ role: 'assistant', content: '' });
  for (const word of answer.match(/\s*\S+/g) ?? []) yield chunk({ content: word });
  yield chunk({}, 'stop');
  if (request.stream_options?.include_usage === true) {
    yield { ...chunk({}), choices: [], usage: usageOf(request, answer) };
  }
}

/** What a model of a stand-in answers: always the same for the same prompt, so that tests can compute sums. */
export interface Reply {
  /** The deltas of a stream; joined, the whole text. */
  readonly pieces: readonly string[];
  readonly text: string;
  /** In AIProxy's terms: cached tokens are part of those in, reasoning tokens part of those out. */
  readonly usage: FullUsage;
}

export type FullUsage = Readonly<
  Record<'tokens_in' | 'tokens_out' | 'tokens_cached' | 'tokens_reasoning', number>
>;

const WORDS_ECHOED = 40;

/** A deterministic answer to a prompt: its first words come back, one delta each. */
export function replyTo(prompt: string): Reply {
  const words = prompt.split(/\s+/).filter((word) => word !== '');
  const pieces = ['You said:', ...words.slice(0, WORDS_ECHOED).map((word) => ` ${word}`)];
  const tokens_in = words.length + 8;
  const tokens_reasoning = words.length % 5;
  return {
    pieces,
    text: pieces.join(''),
    usage: {
      tokens_in,
      tokens_out: pieces.length + tokens_reasoning,
      tokens_cached: tokens_in >> 2,
      tokens_reasoning,
    },
  };
}

/** Every string inside a value, joined by spaces: the prompt, however a dialect wraps it. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textIn).filter(Boolean).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([name]) => name === 'content' || name === 'text' || name === 'parts' || name === 'input')
    .map(([, inner]) => textIn(inner))
    .join(' ');
}

/** An embedding of eight exactly representable numbers that depends on the text alone. */
export function embeddingOf(text: string): number[] {
  return Array.from({ length: 8 }, (_, at) => ((text.length * 7 + at * 13) % 64) / 64 - 0.5);
}

/** Tokens of an embedded text. */
export function embeddingTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
}

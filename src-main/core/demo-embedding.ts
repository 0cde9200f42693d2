import { z } from 'zod';
import { countTokens } from './demo-answer.ts';

const Tokens = z.array(z.number().int());

/** What the demo platform reads of a request for embeddings. */
export const EmbeddingRequest = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(z.string()).min(1), Tokens.min(1), z.array(Tokens).min(1)]),
  dimensions: z.number().int().min(1).max(4096).nullish(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
});

export type EmbeddingRequest = z.infer<typeof EmbeddingRequest>;

const DIMENSIONS = 64;

/** A vector of length 1 that depends on the text alone: how often each kind of character stands in it. */
function embed(text: string, dimensions: number): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(dimensions);
  for (const character of text) {
    const at = (character.codePointAt(0) ?? 0) % dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Little-endian floats, as the SDKs ask for them by default. */
function encode(vector: Float32Array<ArrayBuffer>): string {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  vector.forEach((value, index) => {
    view.setFloat32(index * 4, value, true);
  });
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** One text per input; a list of token numbers is one input. */
function textsOf({ input }: EmbeddingRequest): readonly string[] {
  if (typeof input === 'string') return [input];
  if (input.every((one) => typeof one === 'number')) return [input.join(' ')];
  return input.map((one) => (typeof one === 'string' ? one : String(one)));
}

/** The answer to a request for embeddings. */
export function embeddings(request: EmbeddingRequest): object {
  const texts = textsOf(request);
  const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return {
    object: 'list',
    model: request.model,
    data: texts.map((text, index) => {
      const vector = embed(text, request.dimensions ?? DIMENSIONS);
      const embedding = request.encoding_format === 'base64' ? encode(vector) : [...vector];
      return { object: 'embedding', index, embedding };
    }),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

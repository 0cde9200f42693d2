import type { Exchange } from '../stand-in.ts';

/** The status that a model of the name `error-429` answers with; `null` for models that work. */
export function errorStatusOf(model: string): number | null {
  const digits = /^error-(\d{3})/.exec(model)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Goes through the pieces of an answer as the model's name says: `slow-…` waits for the test before each,
 * `die-midstream` breaks the connection after two.
 * @returns whether the stream may be brought to its proper end
 */
export async function eachPiece(
  { seen, answer }: Exchange,
  model: string,
  pieces: readonly string[],
  write: (piece: string, at: number) => Promise<void>,
): Promise<boolean> {
  for (const [at, piece] of pieces.entries()) {
    if (model.startsWith('slow-')) await seen.pace.turn();
    if (answer.gone) return false;
    if (model === 'die-midstream' && at === 2) {
      answer.cut();
      return false;
    }
    await write(piece, at);
  }
  if (model.startsWith('slow-')) await seen.pace.turn();
  return !answer.gone;
}

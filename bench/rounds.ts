import type { BenchContext, Goal } from './context.ts';
import { inTurn } from './lineup.ts';

/** What each contender measured, round by round; those that failed are in `failures` only. */
export interface Rounds<T> {
  readonly by: ReadonlyMap<string, readonly T[]>;
  readonly failures: ReadonlyMap<string, string>;
}

/** Measures every contender once a round, alternating. One that fails drops out and is named, the others go on. */
export async function alternate<C extends { readonly name: string }, T>(
  context: BenchContext,
  what: string,
  contenders: readonly C[],
  measure: (contender: C) => Promise<T>,
): Promise<Rounds<T>> {
  const by = new Map<string, T[]>(contenders.map(({ name }) => [name, []]));
  const failures = new Map<string, string>();
  for (let round = 0; round < context.options.rounds; round += 1) {
    context.say(`${what}: round ${round + 1} of ${context.options.rounds}`);
    for (const contender of inTurn(contenders, round)) {
      if (failures.has(contender.name)) continue;
      try {
        by.get(contender.name)?.push(await measure(contender));
      } catch (error) {
        failures.set(contender.name, oneLine(error));
        by.delete(contender.name);
      }
    }
  }
  return { by, failures };
}

/** A sentence for each contender that dropped out. */
export function failureNotes(rounds: Rounds<unknown>): readonly string[] {
  return [...rounds.failures].map(([name, reason]) => `${name} FAILED: ${reason}`);
}

/** A missed goal where AIProxy itself, or one of these variants of it, dropped out: no figure is no success. */
export function failureGoals(
  rounds: Rounds<unknown>,
  what: string,
  names: readonly string[] = ['aiproxy'],
): readonly Goal[] {
  return names
    .filter((name) => rounds.failures.has(name))
    .map((name) => ({
      what: `${what}: ${name}`,
      goal: 'runs without an error',
      figure: 'failed',
      met: false,
    }));
}

/** The figures of one contender, none where it did not take part or failed. */
export function roundsOf<T>(rounds: Rounds<T>, name: string): readonly T[] {
  return rounds.by.get(name) ?? [];
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, 200);
}

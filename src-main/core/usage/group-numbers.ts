import type { Dimension } from '../../contract/statistics.ts';
import type { UsageTable } from './usage-table.ts';

/** More names than fit into memory, as are the groups: one of each together fits into the 53 bits of a number. */
const MOST_NAMES = 2 ** 26;

/** Numbers combinations of a period and some dimensions' names in the order in which they come, from 0. */
export class GroupNumbers {
  readonly #by: readonly Dimension[];
  readonly #names: readonly Map<string, number>[];
  /** One for the period and each dimension: from what came before it and the next name to a number. */
  readonly #levels: readonly Map<number, number>[];
  readonly #periods = new Map<number | null, number>();

  constructor(by: readonly Dimension[]) {
    this.#by = by;
    this.#names = by.map(() => new Map());
    this.#levels = by.map(() => new Map());
  }

  /**
   * What tells the number of a row of a table; a number that was not there yet is the next one. Only rows that are asked
   * for take a number: the caller keeps its groups by the same numbers, so one that is taken for nothing puts all later
   * ones out of step.
   */
  ofTable(table: UsageTable, periodMs: number | null): (row: number) => number {
    let period: number | null = null;
    const columns = this.#by.map((dimension, at) => ({
      rows: table.dimensions[dimension].rows,
      level: this.#levels[at] ?? new Map<number, number>(),
      names: table.dimensions[dimension].names.map((name) => numberOf(this.#names[at] ?? new Map(), name)),
    }));
    return (row) => {
      period ??= numberOf(this.#periods, periodMs);
      let prefix = period;
      for (const { rows, level, names } of columns) {
        prefix = numberOf(level, prefix * MOST_NAMES + (names[rows[row] ?? 0] ?? 0));
      }
      return prefix;
    };
  }
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(key, next);
  return next;
}

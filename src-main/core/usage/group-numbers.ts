import type { Dimension } from '../../contract/statistics.ts';
import type { UsageTable } from './usage-table.ts';

/** More names than a dimension has anywhere; a group and a name together fit into the 53 bits of a number. */
const MOST_NAMES = 2 ** 21;

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

  /** What tells the number of a row of a table; a number that was not there yet is the next one. */
  ofTable(table: UsageTable, periodMs: number | null): (row: number) => number {
    const period = numberOf(this.#periods, periodMs);
    const columns = this.#by.map((dimension, at) => ({
      rows: table.dimensions[dimension].rows,
      level: this.#levels[at] ?? new Map<number, number>(),
      names: table.dimensions[dimension].names.map((name) => numberOf(this.#names[at] ?? new Map(), name)),
    }));
    if (columns.length === 0) return () => period;
    return (row) => {
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

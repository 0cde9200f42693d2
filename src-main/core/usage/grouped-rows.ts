import type { Outcome } from '../../contract/request-record.ts';
import type { UsageQuestion } from '../control-ports.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import { SUMS, type Sum } from './usage-row.ts';
import { eachSum, type NamedColumn, type UsageTable } from './usage-table.ts';

const OUTCOMES: readonly Outcome[] = [
  'success',
  'client_error',
  'platform_error',
  'gateway_error',
  'aborted',
  'partial',
];
/** Names a dimension may have among a report's; ids of groups and of names share the 53 bits of a number. */
const MOST_NAMES = 2 ** 21;

/** Some rows of some tables, added up. */
export class RowGroup {
  readonly periodMs: number | null;
  /** One for each dimension that was asked for. */
  readonly names: readonly string[];
  readonly sums: Record<Sum, number> = { ...eachSum(() => 0) };
  readonly outcomes: Record<Outcome, number> = {
    success: 0,
    client_error: 0,
    platform_error: 0,
    gateway_error: 0,
    aborted: 0,
    partial: 0,
  };
  /** Tables and rows by turns, kept where percentiles are asked for: a histogram for each group would be too large. */
  readonly #rows: { readonly table: UsageTable; readonly rows: number[] }[] = [];

  constructor(periodMs: number | null, names: readonly string[]) {
    this.periodMs = periodMs;
    this.names = names;
  }

  add(table: UsageTable, row: number, outcome: Outcome | undefined): void {
    for (const sum of SUMS) this.sums[sum] += table.sums[sum][row] ?? 0;
    if (outcome !== undefined) this.outcomes[outcome] += table.sums.requests[row] ?? 0;
  }

  remember(table: UsageTable, row: number): void {
    const last = this.#rows.at(-1);
    if (last?.table === table) last.rows.push(row);
    else this.#rows.push({ table, rows: [row] });
  }

  addLatencyTo(histogram: LatencyHistogram): void {
    for (const { table, rows } of this.#rows) {
      for (const row of rows) {
        const end = table.latencyAt[row + 1] ?? 0;
        for (let at = table.latencyAt[row] ?? 0; at < end; at += 2) {
          histogram.addToBucket(table.latency[at] ?? 0, table.latency[at + 1] ?? 0);
        }
      }
    }
  }
}

/** Sorts the rows of tables into the groups a question asks for. */
export class GroupedRows {
  readonly #question: UsageQuestion;
  readonly #numbers: readonly Map<string, number>[];
  /** From a group so far and the next name to the group with that name. */
  readonly #groups = new Map<number, number>();
  readonly #list: RowGroup[] = [];
  readonly #periods = new Map<number | null, number>();
  readonly #levels: readonly Map<number, number>[];
  readonly total = new RowGroup(null, []);

  constructor(question: UsageQuestion) {
    this.#question = question;
    this.#numbers = question.by.map(() => new Map());
    this.#levels = question.by.map(() => new Map());
  }

  get groups(): readonly RowGroup[] {
    return this.#list;
  }

  /** @param periodMs the period they count for; `null` where periods are not asked for */
  add(table: UsageTable, periodMs: number | null): void {
    const { by, percentiles } = this.#question;
    const isWanted = this.#filterOf(table);
    const columns = by.map((dimension, at) => this.#translated(table.dimensions[dimension], at));
    const outcomes = table.dimensions.outcome.names.map((name) => OUTCOMES.find((one) => one === name));
    const outcomeOf = table.dimensions.outcome.rows;
    for (let row = 0; row < table.rows; row++) {
      if (!isWanted(row)) continue;
      const group = this.#groupOf(columns, row, periodMs, table);
      const outcome = outcomes[outcomeOf[row] ?? 0];
      group.add(table, row, outcome);
      this.total.add(table, row, outcome);
      if (percentiles.length > 0) {
        group.remember(table, row);
        this.total.remember(table, row);
      }
    }
  }

  #filterOf(table: UsageTable): (row: number) => boolean {
    const tests = Object.entries(this.#question.where).map(([dimension, values]) => {
      const column = Object.entries(table.dimensions).find(([name]) => name === dimension)?.[1];
      return { rows: column?.rows, wanted: column?.names.map((name) => values.includes(name)) ?? [] };
    });
    return (row) => tests.every(({ rows, wanted }) => wanted[rows?.[row] ?? 0] === true);
  }

  #translated({ names, rows }: NamedColumn, at: number) {
    const numbers = this.#numbers[at] ?? new Map<string, number>();
    return {
      rows,
      numbers: names.map((name) => {
        const known = numbers.get(name) ?? numbers.size;
        numbers.set(name, known);
        return known;
      }),
    };
  }

  #groupOf(
    columns: readonly { readonly rows: Uint32Array; readonly numbers: readonly number[] }[],
    row: number,
    periodMs: number | null,
    table: UsageTable,
  ): RowGroup {
    let prefix: number = this.#periods.get(periodMs) ?? this.#periods.size;
    this.#periods.set(periodMs, prefix);
    for (let level = 0; level < columns.length; level++) {
      const column = columns[level];
      const key: number = prefix * MOST_NAMES + (column?.numbers[column.rows[row] ?? 0] ?? 0);
      const known = this.#levels[level];
      const next: number = known?.get(key) ?? known?.size ?? 0;
      known?.set(key, next);
      prefix = next;
    }
    const index = this.#groups.get(prefix);
    const found = index === undefined ? undefined : this.#list[index];
    if (found !== undefined) return found;
    const names = this.#question.by.map((dimension) => {
      const column = table.dimensions[dimension];
      return column.names[column.rows[row] ?? 0] ?? '';
    });
    const group = new RowGroup(periodMs, names);
    this.#groups.set(prefix, this.#list.length);
    this.#list.push(group);
    return group;
  }
}

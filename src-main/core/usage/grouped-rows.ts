import { OUTCOMES, type Outcome } from '../../contract/request-record.ts';
import type { UsageQuestion } from '../control-ports.ts';
import { GroupNumbers } from './group-numbers.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import { SUMS, type Sum } from './usage-row.ts';
import { eachSum, type UsageTable } from './usage-table.ts';

/** What stands in a file may be any text. */
const OUTCOME_NAMES: readonly string[] = OUTCOMES;
const WIDTH = SUMS.length;

/** Some rows of some tables, added up. */
export interface RowGroup {
  readonly periodMs: number | null;
  /** One for each dimension that was asked for. */
  readonly names: readonly string[];
  readonly sums: Readonly<Record<Sum, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  addLatencyTo(histogram: LatencyHistogram): void;
}

interface GroupName {
  readonly periodMs: number | null;
  readonly names: readonly string[];
}

/** Sorts the rows of tables into the groups a question asks for. Hundred thousands of rows must not take longer than a blink. */
export class GroupedRows {
  readonly #question: UsageQuestion;
  readonly #numbers: GroupNumbers;
  readonly #groups: GroupName[] = [];
  #sums = new Float64Array(WIDTH * 64);
  #outcomes = new Float64Array(OUTCOMES.length * 64);
  /** Chains of rows by group, kept where percentiles are asked for: a histogram for each group would be too large. */
  readonly #latencies: Pick<UsageTable, 'latency' | 'latencyAt'>[] = [];
  readonly #lastOfGroup: number[] = [];
  readonly #rowOf: number[] = [];
  readonly #tableOf: number[] = [];
  readonly #before: number[] = [];

  constructor(question: UsageQuestion) {
    this.#question = question;
    this.#numbers = new GroupNumbers(question.by);
  }

  /** @param periodMs the period they count for; `null` where periods are not asked for */
  add(table: UsageTable, periodMs: number | null): void {
    const numberOf = this.#numbers.ofTable(table, periodMs);
    const isWanted = filterOf(table, this.#question.where);
    const columns = SUMS.map((sum) => table.sums[sum]);
    const outcomes = table.dimensions.outcome.names.map((name) => OUTCOME_NAMES.indexOf(name));
    const remembers = this.#question.percentiles.length > 0;
    const { latency, latencyAt } = table;
    const tableNumber = remembers ? this.#latencies.push({ latency, latencyAt }) - 1 : -1;
    for (let row = 0; row < table.rows; row++) {
      if (isWanted !== null && !isWanted(row)) continue;
      const group = numberOf(row);
      if (group === this.#groups.length) this.#addGroup(table, row, periodMs);
      this.#addSums(columns, row, group);
      const outcome = outcomes[table.dimensions.outcome.rows[row] ?? 0] ?? -1;
      if (outcome >= 0) plus(this.#outcomes, group * OUTCOMES.length + outcome, table.sums.requests[row]);
      if (remembers) this.#remember(tableNumber, row, group);
    }
  }

  get groups(): readonly RowGroup[] {
    return this.#groups.map((name, group) => this.#view(name, [group]));
  }

  get total(): RowGroup {
    return this.#view({ periodMs: null, names: [] }, [...this.#groups.keys()]);
  }

  #addGroup(table: UsageTable, row: number, periodMs: number | null): void {
    const names = this.#question.by.map((dimension) => {
      const column = table.dimensions[dimension];
      return column.names[column.rows[row] ?? 0] ?? '';
    });
    this.#groups.push({ periodMs, names });
    this.#lastOfGroup.push(-1);
    this.#sums = roomFor(this.#sums, this.#groups.length * WIDTH);
    this.#outcomes = roomFor(this.#outcomes, this.#groups.length * OUTCOMES.length);
  }

  #addSums(columns: readonly Float64Array[], row: number, group: number): void {
    const sums = this.#sums;
    const at = group * WIDTH;
    for (let sum = 0; sum < WIDTH; sum++) {
      const value = columns[sum]?.[row];
      if (value !== undefined && value !== 0) sums[at + sum] = (sums[at + sum] ?? 0) + value;
    }
  }

  #remember(table: number, row: number, group: number): void {
    this.#tableOf.push(table);
    this.#rowOf.push(row);
    this.#before.push(this.#lastOfGroup[group] ?? -1);
    this.#lastOfGroup[group] = this.#before.length - 1;
  }

  #view({ periodMs, names }: GroupName, groups: readonly number[]): RowGroup {
    const sum = (from: Float64Array, width: number, offset: number): number =>
      groups.reduce((total, group) => total + (from[group * width + offset] ?? 0), 0);
    const outcome = (name: Outcome): number => sum(this.#outcomes, OUTCOMES.length, OUTCOMES.indexOf(name));
    return {
      periodMs,
      names,
      sums: eachSum((name) => sum(this.#sums, WIDTH, SUMS.indexOf(name))),
      outcomes: {
        success: outcome('success'),
        client_error: outcome('client_error'),
        platform_error: outcome('platform_error'),
        gateway_error: outcome('gateway_error'),
        aborted: outcome('aborted'),
        partial: outcome('partial'),
      },
      addLatencyTo: (histogram) => {
        for (const group of groups) this.#addLatency(group, histogram);
      },
    };
  }

  #addLatency(group: number, histogram: LatencyHistogram): void {
    for (let at = this.#lastOfGroup[group] ?? -1; at >= 0; at = this.#before[at] ?? -1) {
      const table = this.#latencies[this.#tableOf[at] ?? 0];
      const row = this.#rowOf[at] ?? 0;
      if (table !== undefined)
        histogram.addPairs(table.latency, table.latencyAt[row] ?? 0, table.latencyAt[row + 1] ?? 0);
    }
  }
}

/** @returns `null` where every row is wanted */
function filterOf(table: UsageTable, where: UsageQuestion['where']): ((row: number) => boolean) | null {
  const tests = Object.entries(where).flatMap(([dimension, values]) => {
    const column = Object.entries(table.dimensions).find(([name]) => name === dimension)?.[1];
    if (column === undefined) return [];
    const wanted = new Set(values);
    return [{ rows: column.rows, wanted: column.names.map((name) => wanted.has(name)) }];
  });
  if (tests.length === 0) return null;
  return (row) => tests.every(({ rows, wanted }) => wanted[rows[row] ?? 0] === true);
}

function plus(sums: Float64Array, at: number, value: number | undefined): void {
  sums[at] = (sums[at] ?? 0) + (value ?? 0);
}

function roomFor(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Float64Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}

import type { CountedHour } from '../../core/usage/counted-rows.ts';
import { tableOf } from '../../core/usage/counted-table.ts';
import { mergeTables, type UsageTable } from '../../core/usage/usage-table.ts';

/** What was counted in one hour and is in no file yet. */
export interface UnsettledHour {
  readonly startMs: number;
  readonly untilMs: number;
  readonly timeZone: string;
  readonly table: UsageTable;
}

interface Batch {
  readonly number: number;
  readonly hour: UnsettledHour;
}

/** More batches than these are added up, so that a disk that fails for hours costs rows and not batches. */
const MOST_BATCHES = 64;

/** Rows that were counted and wait for the place in the log that is behind their requests. */
export class UnsettledRows {
  #batches: readonly Batch[] = [];

  /** @param number of the draining; they come in order */
  add(number: number, hours: readonly CountedHour[]): void {
    const added = hours.map(({ startMs, untilMs, timeZone, ...rows }): Batch => {
      const table = tableOf({ startMs, untilMs, timeZone, ...rows });
      return { number, hour: { startMs, untilMs, timeZone, table } };
    });
    this.#batches = [...this.#batches, ...added];
    if (this.#batches.length > MOST_BATCHES) {
      // A later place is behind them all, so they may wait for it together.
      this.#batches = byHour(this.#batches).map((hour) => ({ number, hour }));
    }
  }

  get hours(): readonly UnsettledHour[] {
    return this.#batches.map(({ hour }) => hour);
  }

  /** What was drained up to a number, each hour once. It stays here until it is `settled`. */
  upTo(number: number): readonly UnsettledHour[] {
    return byHour(this.#batches.filter((batch) => batch.number <= number));
  }

  settled(number: number): void {
    this.#batches = this.#batches.filter((batch) => batch.number > number);
  }
}

function byHour(batches: readonly Batch[]): readonly UnsettledHour[] {
  const hours = Map.groupBy(batches, ({ hour }) => `${hour.startMs} ${hour.timeZone}`);
  return [...hours.values()].flatMap((same) => {
    const first = same[0]?.hour;
    return first === undefined ? [] : [{ ...first, table: mergeTables(same.map(({ hour }) => hour.table)) }];
  });
}

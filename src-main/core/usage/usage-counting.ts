import type { RequestRecord } from '../../contract/request-record.ts';
import type { UsageCounter } from '../control-ports.ts';
import { type CountedHour, type CountedRecord, CountedRows } from './counted-rows.ts';
import { type NamedRecord, UsageNames } from './usage-names.ts';
import { type UsageCalendar, usageCalendar } from './usage-period.ts';

/** More rows than these within one draining: then models, endpoints and errors are not told apart any more. */
const MOST_ROWS = 20_000;
/** So many rows are reason enough to drain. */
const MANY_ROWS = 4_096;
/** The request log writes no longer durations either. */
const LONGEST_MS = 1e12;

export type DrainListener = (hours: readonly CountedHour[]) => void;

/** What a line of the request log tells about a request, its times in milliseconds. */
export type CountableRecord = NamedRecord &
  CountedRecord &
  Pick<RequestRecord, 'time' | 'latency_ms' | 'ttfb_ms'>;

export interface CountingSettings {
  /** An IANA name; left out, that of the computer. */
  readonly timeZone?: string | undefined;
  /** Every name and glob in any channel's `models` and `model_map`. */
  readonly models: readonly string[];
}

/**
 * Counts finished requests in memory until they are drained. A request belongs to the hour in which it ended, which is
 * arrival and latency as the log has them: counting the log's lines again gives the same rows.
 */
export class UsageCounting implements UsageCounter {
  readonly #names = new UsageNames();
  #calendar: UsageCalendar = usageCalendar('UTC');
  #timeZone: string | undefined = 'UTC';
  /** The newest hour; `null` where nothing was counted since the last draining. */
  #rows: CountedRows | null = null;
  #newestMs = Number.NEGATIVE_INFINITY;
  /** Hours besides the newest: what ended around its turn, or after the clock was set back. */
  #others: CountedRows[] = [];
  #listeners: readonly DrainListener[] = [];
  #manyRows: () => void = () => undefined;

  /** Follows the configuration. In place of a zone that does not exist the computer's is taken. */
  configure({ timeZone, models }: CountingSettings): void {
    this.#names.configure(models);
    if (timeZone === this.#timeZone) return;
    this.#timeZone = timeZone;
    try {
      this.#calendar = usageCalendar(timeZone);
    } catch {
      // The log, which follows the same setting, has said so already.
      this.#calendar = usageCalendar();
    }
    if (this.#rows !== null) this.#others.push(this.#rows);
    this.#rows = null;
  }

  /** The zone whose hours are counted; an IANA name. */
  get timeZone(): string {
    return this.#calendar.timeZone;
  }

  add(record: CountableRecord): void {
    const latencyUs = microseconds(record.latency_ms);
    const ended = record.time + latencyUs / 1000;
    let rows = this.#rows;
    if (rows === null || ended < rows.startMs || ended >= rows.untilMs) rows = this.#rowsAt(ended);
    const known = rows.index.find(record);
    const row = known >= 0 ? known : this.#newRow(rows, record);
    // How long a conversation lasted is no latency: of a session, the time until it was open counts.
    const isSession = record.protocol === 'websocket' && record.ttfb_ms !== null;
    rows.count(row, record, isSession ? microseconds(record.ttfb_ms) : latencyUs);
  }

  /** Takes what was counted and starts anew; each listener sees it first. */
  drain(): readonly CountedHour[] {
    const all = this.#rows === null ? this.#others : [...this.#others, this.#rows];
    if (all.length === 0) return [];
    this.#rows = null;
    this.#others = [];
    const hours = all.map((rows) => rows.finish());
    for (const listener of this.#listeners) listener(hours);
    return hours;
  }

  /** Calls back at each draining. The hours must be read at once and not kept: their memory goes on to another thread. */
  onDrained(listener: DrainListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Calls back where so many rows have come together that they should be drained soon. */
  onManyRows(listener: () => void): void {
    this.#manyRows = listener;
  }

  #rowsAt(ended: number): CountedRows {
    const { timeZone } = this.#calendar;
    const known = this.#others.find(
      (rows) => ended >= rows.startMs && ended < rows.untilMs && rows.timeZone === timeZone,
    );
    if (known !== undefined) return known;
    const rows = new CountedRows(this.#calendar.periodAt('hour', ended), timeZone);
    if (rows.startMs !== this.#newestMs) this.#names.reset();
    this.#newestMs = rows.startMs;
    const before = this.#rows;
    if (before !== null && before.startMs > rows.startMs) {
      this.#others.push(rows);
      return rows;
    }
    if (before !== null) this.#others.push(before);
    this.#rows = rows;
    return rows;
  }

  #newRow(rows: CountedRows, record: CountableRecord): number {
    const before = rows.rows;
    const row = rows.rowOf(this.#names.of(record, before >= MOST_ROWS));
    rows.index.remember(record, row);
    if (before < MANY_ROWS && rows.rows >= MANY_ROWS) this.#manyRows();
    return row;
  }
}

/** When a request ended, in epoch milliseconds: the moment by which it belongs to an hour. */
export function endedMs({ time, latency_ms }: Pick<RequestRecord, 'time' | 'latency_ms'>): number {
  return time + microseconds(latency_ms) / 1000;
}

/** As the log has it. */
function microseconds(ms: number): number {
  return ms >= 0 && ms < LONGEST_MS ? Math.round(ms * 1000) : 0;
}

import type { Granularity } from '../../contract/statistics.ts';
import { calendar } from '../local-day.ts';

/** An hour, day or month as clocks on the wall showed it in some place. */
export interface UsagePeriod {
  readonly kind: Granularity;
  /** Its first moment, and the next period's, in epoch milliseconds. */
  readonly startMs: number;
  readonly untilMs: number;
}

/** Cuts time into hours, days and months of one time zone. */
export interface UsageCalendar {
  /** An IANA name. */
  readonly timeZone: string;
  periodAt(kind: Granularity, epochMs: number): UsagePeriod;
  /** RFC 3339 with the zone's offset at that moment. */
  timeText(epochMs: number): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Days are worked out with some hundred calls; this many are remembered. */
const REMEMBERED_DAYS = 1_000;

/** Makes a calendar. @param timeZone left out, that of the computer. @throws RangeError where there is no such zone */
export function usageCalendar(timeZone?: string): UsageCalendar {
  const days = calendar(timeZone);
  const offsetAt = offsetsOf(days.timeZone);
  const known = new Map<number, UsagePeriod>();
  const dayAt = (epochMs: number): UsagePeriod => {
    // The same for every moment of an hour of UTC or of a quarter of it: no zone's day begins within one.
    const quarter = Math.floor(epochMs / (15 * MINUTE_MS));
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const { fromMs, untilMs } = days.dayAt(epochMs);
    const day: UsagePeriod = { kind: 'day', startMs: fromMs, untilMs };
    if (known.size >= REMEMBERED_DAYS) known.clear();
    known.set(quarter, day);
    return day;
  };
  const monthAt = (epochMs: number): UsagePeriod => {
    const local = new Date(epochMs + offsetAt(epochMs));
    const firstOf = (month: number): number =>
      dayAt(Date.UTC(local.getUTCFullYear(), month, 1, 12) - offsetAt(epochMs)).startMs;
    return {
      kind: 'month',
      startMs: firstOf(local.getUTCMonth()),
      untilMs: firstOf(local.getUTCMonth() + 1),
    };
  };
  return {
    timeZone: days.timeZone,
    periodAt(kind, epochMs) {
      if (kind === 'hour') return hourAt(epochMs, offsetAt);
      return kind === 'day' ? dayAt(epochMs) : monthAt(epochMs);
    },
    timeText: (epochMs) => timeText(epochMs, offsetAt(epochMs)),
  };
}

/** RFC 3339 of a moment where clocks are so many milliseconds ahead of UTC. */
export function timeText(epochMs: number, offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / MINUTE_MS));
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${new Date(epochMs + offsetMs).toISOString().slice(0, 19)}${offset}`;
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetsOf(timeZone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (epochMs) => {
    const text = format.format(epochMs);
    const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
    if (match?.[1] === undefined) return 0;
    const ms = Number(match[2]) * HOUR_MS + Number(match[3]) * MINUTE_MS + Number(match[4] ?? 0) * 1000;
    return match[1] === '-' ? -ms : ms;
  };
}

/** A clock change within the hour on the wall ends it, so that hours never overlap. */
function hourAt(epochMs: number, offsetAt: (epochMs: number) => number): UsagePeriod {
  const offset = offsetAt(epochMs);
  const startMs = Math.floor((epochMs + offset) / HOUR_MS) * HOUR_MS - offset;
  const untilMs = startMs + HOUR_MS;
  return {
    kind: 'hour',
    startMs: offsetAt(startMs) === offset ? startMs : change(startMs, epochMs, offsetAt),
    untilMs: offsetAt(untilMs - 1) === offset ? untilMs : change(epochMs, untilMs - 1, offsetAt),
  };
}

/** The first moment after `fromMs` with the offset that holds at `untilMs`. */
function change(fromMs: number, untilMs: number, offsetAt: (epochMs: number) => number): number {
  const after = offsetAt(untilMs);
  let early = fromMs;
  let late = untilMs;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(middle) === after) late = middle;
    else early = middle;
  }
  return late;
}

import type { Granularity } from '../../contract/statistics.ts';
import type { UsageCalendar } from './usage-period.ts';

/** A period as its file's name tells it. */
export interface NamedPeriod {
  /** Its file, from the usage folder on: `2026-11-21/10+0800.json`. */
  readonly name: string;
  readonly kind: Granularity;
  /** Epoch milliseconds. */
  readonly startMs: number;
}

const HOUR = /^(\d{4}-\d\d-\d\d)\/(\d\d)(\d\d)?([+-]\d{4})\.json$/;
const DAY = /^days\/(\d{4}-\d\d-\d\d)(?:T(\d\d)(\d\d))?([+-]\d{4})\.json$/;
const MONTH = /^months\/(\d{4}-\d\d)(?:-(\d\d)T(\d\d)(\d\d))?([+-]\d{4})\.json$/;

/**
 * The name of a period's file. It tells the start exactly, with the offset from UTC: an hour that a clock change repeats
 * has two names, and so has an hour before and after the time zone was changed. Minutes stand in it only where a
 * period begins at odd ones.
 */
export function periodFileName(kind: Granularity, startMs: number, calendar: UsageCalendar): string {
  const text = calendar.timeText(startMs);
  const offset = text.slice(19).replace(':', '');
  const [day, hour, minute] = [text.slice(0, 10), text.slice(11, 13), text.slice(14, 16)];
  if (kind === 'hour') return `${day}/${hour}${minute === '00' ? '' : minute}${offset}.json`;
  const isMidnight = hour === '00' && minute === '00';
  if (kind === 'day') return `days/${day}${isMidnight ? '' : `T${hour}${minute}`}${offset}.json`;
  const isFirst = isMidnight && day.endsWith('-01');
  return `months/${day.slice(0, 7)}${isFirst ? '' : `${day.slice(7)}T${hour}${minute}`}${offset}.json`;
}

/** Reads such a name; `null` where it is none. */
export function parsePeriodFileName(name: string): NamedPeriod | null {
  const hour = HOUR.exec(name);
  if (hour !== null) return named(name, 'hour', `${hour[1]}T${hour[2]}:${hour[3] ?? '00'}`, hour[4]);
  const day = DAY.exec(name);
  if (day !== null) return named(name, 'day', `${day[1]}T${day[2] ?? '00'}:${day[3] ?? '00'}`, day[4]);
  const month = MONTH.exec(name);
  if (month === null) return null;
  const local = `${month[1]}-${month[2] ?? '01'}T${month[3] ?? '00'}:${month[4] ?? '00'}`;
  return named(name, 'month', local, month[5]);
}

/** Hours of a day added up, beside their own files: a sum that is made anew when it is gone. */
export interface NamedRollup {
  /** Its file, from the usage folder on: `rollups/2026-11-20+0800-1440m.json`. */
  readonly name: string;
  readonly startMs: number;
  readonly untilMs: number;
}

const ROLLUP = /^rollups\/(.+)-(\d{1,4})m\.json$/;
const MINUTE_MS = 60_000;

/** The name of the sum of a day's hours, which tells how long the day is. */
export function rollupFileName(startMs: number, untilMs: number, calendar: UsageCalendar): string {
  const day = periodFileName('day', startMs, calendar).slice('days/'.length, -'.json'.length);
  return `rollups/${day}-${Math.round((untilMs - startMs) / MINUTE_MS)}m.json`;
}

/** Reads such a name; `null` where it is none. */
export function parseRollupFileName(name: string): NamedRollup | null {
  const match = ROLLUP.exec(name);
  const day = match === null ? null : parsePeriodFileName(`days/${match[1]}.json`);
  if (day === null || match === null) return null;
  return { name, startMs: day.startMs, untilMs: day.startMs + Number(match[2]) * MINUTE_MS };
}

function named(name: string, kind: Granularity, local: string, offset = '+0000'): NamedPeriod | null {
  const startMs = Date.parse(`${local}:00${offset.slice(0, 3)}:${offset.slice(3)}`);
  return Number.isNaN(startMs) ? null : { name, kind, startMs };
}

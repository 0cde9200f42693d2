/** A calendar day where the admin lives; files and counters are kept by it. */
export interface LocalDay {
  /** `2026-01-31` */
  readonly name: string;
  /** Its first moment, and the next day's, in epoch milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Clock changes make days of up to 25 hours; zones that moved across the date line had longer ones. */
const LONGEST_DAY_MS = 49 * HOUR_MS;

/** Names days in one time zone. */
export interface Calendar {
  readonly timeZone: string;
  dayAt(epochMs: number): LocalDay;
}

/** Makes a calendar. @param timeZone an IANA name; left out, that of the computer. @throws RangeError where there is no such zone */
export function calendar(timeZone?: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'iso8601',
    numberingSystem: 'latn',
  });
  const nameAt = (epochMs: number): string => format.format(epochMs);
  return {
    timeZone: format.resolvedOptions().timeZone,
    dayAt(epochMs) {
      const name = nameAt(epochMs);
      return {
        name,
        fromMs: boundary(epochMs - LONGEST_DAY_MS, epochMs, (ms) => nameAt(ms) === name),
        untilMs: boundary(epochMs, epochMs + LONGEST_DAY_MS, (ms) => nameAt(ms) !== name),
      };
    },
  };
}

/** The first moment after `fromMs` for which `holds`, which is false there and true at `untilMs`. */
function boundary(fromMs: number, untilMs: number, holds: (epochMs: number) => boolean): number {
  let before = fromMs;
  let after = untilMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** The day so many days before, as a name; names compare as text. */
export function daysBefore(dayName: string, days: number): string {
  return new Date(Date.parse(`${dayName}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

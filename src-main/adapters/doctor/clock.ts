import { calendar } from '../../core/local-day.ts';
import { type DoctorFinding, findingsAbout } from './finding.ts';

/** What another computer's clock said, and what ours did then; epoch milliseconds. */
export interface ClockReading {
  readonly theirsMs: number;
  readonly oursMs: number;
}

const MINUTE_MS = 60_000;
const MOST_SKEW_MS = 5 * MINUTE_MS;

const middle = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

function lengthOf(ms: number): string {
  const minutes = Math.abs(ms) / MINUTE_MS;
  if (minutes < 2) return `${Math.round(minutes * 60)} s`;
  return minutes < 120 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** Compares our clock with the `Date` of the platforms' answers, of which one alone may be wrong. */
export function examineClock(readings: readonly ClockReading[]): DoctorFinding {
  const about = findingsAbout('clock', 'clock');
  if (readings.length === 0)
    return about.info('no platform answered, so there is nothing to compare it with');
  const skewMs = middle(readings.map(({ theirsMs, oursMs }) => oursMs - theirsMs));
  const found = `${lengthOf(skewMs)} ${skewMs < 0 ? 'behind' : 'ahead of'} the platforms' clocks`;
  if (Math.abs(skewMs) < MINUTE_MS) return about.ok("agrees with the platforms' clocks");
  const remedy =
    'Set the clock by NTP (timedatectl set-ntp true): expiry of keys, TLS and the days of statistics depend on it.';
  return Math.abs(skewMs) > MOST_SKEW_MS ? about.error(found, remedy) : about.warning(found, remedy);
}

/**
 * The zone that days and hours are counted in.
 * @param configured `system.time_zone`
 * @param variable `TZ`, which counts where nothing is configured
 */
export function examineTimeZone(configured: string | undefined, variable: string | undefined): DoctorFinding {
  const about = findingsAbout('clock', 'time zone');
  const written = configured ?? (variable || undefined);
  try {
    return about.ok(calendar(written).timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const source = configured === undefined ? 'the variable TZ' : 'system.time_zone';
    const found = `${source} is no name of a time zone: ${written}`;
    const remedy = 'Write an IANA name such as Asia/Shanghai into system.time_zone.';
    return configured === undefined ? about.warning(found, remedy) : about.error(found, remedy);
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LENGTHS = { hour: HOUR_MS, day: DAY_MS } as const;

/** How far the clocks of a zone are ahead of UTC. @param timeZone IANA name */
function aheadMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/** What the clocks of a zone show at a moment, as epoch milliseconds of a UTC day that looks the same. */
export const wallTime = (ms: number, timeZone: string): number => ms + aheadMs(ms, timeZone);

/** The moment at which the clocks of a zone show a time. @param wallMs as {@link wallTime} has it */
export function momentOf(wallMs: number, timeZone: string): number {
  const guess = wallMs - aheadMs(wallMs, timeZone);
  // Where the clocks changed in between, it is by the clocks of then.
  return wallMs - aheadMs(guess, timeZone);
}

/** When the hour or day of a time began, by the clocks of a zone, in epoch milliseconds. */
export function periodStart(ms: number, unit: 'hour' | 'day', timeZone: string): number {
  const length = LENGTHS[unit];
  const wall = wallTime(ms, timeZone);
  return momentOf(wall - (wall % length), timeZone);
}

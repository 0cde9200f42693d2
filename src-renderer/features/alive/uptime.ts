import type { Strings } from './strings.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long it runs, in its two largest units. @param uptime seconds */
export function uptimeText(uptime: number, strings: Strings): string {
  const days = Math.floor(uptime / DAY);
  const hours = Math.floor((uptime % DAY) / HOUR);
  const minutes = Math.floor((uptime % HOUR) / MINUTE);
  if (days > 0) return `${strings.days(days)} ${strings.hours(hours)}`;
  if (hours > 0) return `${strings.hours(hours)} ${strings.minutes(minutes)}`;
  return minutes > 0 ? strings.minutes(minutes) : strings.seconds(Math.floor(uptime));
}

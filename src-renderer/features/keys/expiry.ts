const DAY_MS = 86_400_000;

/** The times to come that can be chosen with one press, in days. */
export const EXPIRY_CHOICES = [30, 90, 365] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** A time as the browser's own field takes it: in the reader's time zone, to the minute. @param time RFC 3339 or `''` */
export function localTimeOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What such a field says, in RFC 3339; `''` where it says nothing. */
export function timeOfLocal(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** In so many days, in RFC 3339. @param nowMs epoch milliseconds */
export const inDays = (days: number, nowMs: number): string => new Date(nowMs + days * DAY_MS).toISOString();

const DAY_MS = 86_400_000;

/** The times to come that can be chosen with one press, in days. */
export const EXPIRY_CHOICES = [30, 90, 365] as const;

/** In so many days, in RFC 3339. @param nowMs epoch milliseconds */
export const inDays = (days: number, nowMs: number): string => new Date(nowMs + days * DAY_MS).toISOString();

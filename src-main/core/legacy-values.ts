type Loose = Record<string, unknown>;

/** The record without members that say nothing: `null` (an empty YAML value) and `""`. */
export function withoutEmpty(record: Readonly<Loose>): Loose {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

const LONGEST_ID = 100;

/** An id that the current schema takes: the same text, but for slashes and control characters. */
export function legacyId(text: string): string {
  const id = text
    .trim()
    .replaceAll(/[\p{Cc}/\\]+/gu, '-')
    .slice(0, LONGEST_ID);
  return id === '__proto__' ? 'proto' : id;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * A time as the older files spell it (`2024-01-31`, `2024-01-31 08:00:00`, epoch seconds) as RFC 3339; without a zone, UTC.
 * @returns `null` where it cannot be read
 */
export function legacyTime(value: unknown): string | null {
  if (typeof value === 'number' && value > 0 && value < 1e11) return new Date(value * 1000).toISOString();
  const match = typeof value === 'string' ? DATE.exec(value.trim()) : null;
  if (match === null) return null;
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = match;
  const text = `${day}T${time}${seconds}${zone.toUpperCase()}`;
  return Number.isNaN(Date.parse(text)) ? null : text;
}

const TIMES = ['created_at', 'updated_at', 'expires_at'] as const;

/** Spells the record's times as the current schema wants them; what cannot be read stays, to be refused with its place. */
export function withTimes(record: Readonly<Loose>): Loose {
  const result: Loose = { ...record };
  for (const name of TIMES) {
    if (name in result) result[name] = legacyTime(result[name]) ?? result[name];
  }
  return result;
}

/** The limits with so many requests per day added; `null` where that is no limit. */
export function withDailyQuota(limits: unknown, requests: number): unknown {
  const base: Loose = typeof limits === 'object' && limits !== null ? { ...limits } : {};
  const quota: unknown[] = Array.isArray(base.quota) ? base.quota : [];
  return { ...base, quota: [...quota, { per: 'day', requests }] };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lineOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A member of a record as it can be compared by eye: one line for each of its parts. `''` where there is nothing. */
export function comparableText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(lineOf).join('\n');
  if (!isObject(value)) return lineOf(value);
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${lineOf(part)}`);
  return parts.join('\n');
}

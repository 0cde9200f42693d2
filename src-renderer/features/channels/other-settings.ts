import type { RecordOf } from '../../api/records.ts';

/** Members that a channel's page shows in a place of their own. */
const SHOWN: ReadonlySet<string> = new Set([
  'id',
  'name',
  'platform',
  'base_url',
  'api_key',
  'api_keys',
  'status',
  'priority',
  'models',
  'created_at',
  'updated_at',
]);

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (isMap(value)) {
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${textOf(member)}`)
      .join(', ');
  }
  return Array.isArray(value) ? value.map(textOf).join('; ') : String(value);
}

/** What else is set on a channel, by the names of its record; few channels have any of it. */
export const otherSettings = (channel: RecordOf<'channels'>): readonly (readonly [string, string])[] =>
  Object.entries(channel)
    .filter(([name, value]) => !SHOWN.has(name) && value !== undefined)
    .map(([name, value]) => [name, textOf(value)] as const);

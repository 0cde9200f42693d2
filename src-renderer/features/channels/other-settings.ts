import type { RecordOf } from '../../api/records.ts';
import { MEMBER_TEXTS } from './member-texts.ts';

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

type Named = keyof typeof MEMBER_TEXTS;

const isNamed = (name: string): name is Named => Object.hasOwn(MEMBER_TEXTS, name);

/** Something that is set on a channel. */
export interface OtherSetting {
  readonly name: string;
  /** The text of the form that calls it by a name people know; `null` where there is none. */
  readonly text: (typeof MEMBER_TEXTS)[Named] | null;
  readonly value: string;
}

/** What else is set on a channel; few channels have any of it. */
export const otherSettings = (channel: RecordOf<'channels'>): readonly OtherSetting[] =>
  Object.entries(channel)
    .filter(([name, value]) => !SHOWN.has(name) && value !== undefined)
    .map(([name, value]) => ({
      name,
      text: isNamed(name) ? MEMBER_TEXTS[name] : null,
      value: textOf(value),
    }));

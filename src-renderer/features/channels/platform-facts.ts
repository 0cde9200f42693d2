import type { usePlatforms } from '../../api/program-queries.ts';

/** What is known of a platform before a channel leads to it. */
export type PlatformFacts = NonNullable<ReturnType<typeof usePlatforms>['data']>[number];

/** The platform of an id or of one of its other names. */
export const platformNamed = (
  platforms: readonly PlatformFacts[] | undefined,
  name: string,
): PlatformFacts | undefined => platforms?.find(({ id, aliases }) => id === name || aliases.includes(name));

/** The platforms that a text is known of. */
export const DESCRIBED = [
  'openai',
  'anthropic',
  'gemini',
  'azure',
  'dashscope',
  'ollama',
  'openai_compatible',
  'aiproxy',
  'custom',
] as const;

/** Platforms that can do without a key. */
const KEYLESS: ReadonlySet<string> = new Set(['ollama', 'openai_compatible', 'custom']);

/** Whether requests without a key are of no use there. */
export const needsKey = ({ id }: PlatformFacts): boolean => !KEYLESS.has(id);

/** One setting of a platform, as a form shows it. */
export type Setting =
  | {
      readonly kind: 'text' | 'number' | 'flag' | 'json';
      readonly name: string;
      readonly isRequired: boolean;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly isRequired: boolean;
      readonly options: readonly string[];
    };

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

function settingOf(name: string, schema: unknown, isRequired: boolean): Setting {
  const { type, enum: options } = isSchema(schema) ? schema : {};
  if (Array.isArray(options)) return { kind: 'choice', name, isRequired, options: options.map(String) };
  if (type === 'string') return { kind: 'text', name, isRequired };
  if (type === 'number' || type === 'integer') return { kind: 'number', name, isRequired };
  return { kind: type === 'boolean' ? 'flag' : 'json', name, isRequired };
}

/** The settings that a platform's JSON Schema names; whatever has parts of its own is written as JSON. */
export function settingsIn(schema: Schema): readonly Setting[] {
  const { properties, required } = schema;
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(isSchema(properties) ? properties : {}).map(([name, member]) =>
    settingOf(name, member, needed.includes(name)),
  );
}

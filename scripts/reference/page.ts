import { type Member, members, type Schema, TOLD } from './schema.ts';
import type { Told, Words } from './told.ts';

/** The languages of the page: which of two texts it takes, and its own words. */
export interface Language {
  readonly at: 0 | 1;
  readonly title: string;
  readonly intro: string;
  readonly head: readonly [member: string, type: string, byDefault: string, meaning: string, example: string];
  readonly limits: string;
  readonly required: string;
}

const SECTIONS = ['users', 'proxy_keys', 'groups', 'channels', 'system', 'prices', 'alerts', 'limits'];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function rangeOf({ minimum, exclusiveMinimum, maximum }: Schema): string {
  const least = exclusiveMinimum === undefined ? minimum : `> ${exclusiveMinimum}`;
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (least === undefined) return '';
  if (most !== undefined) return `, ${typeof least === 'string' ? least : `≥ ${least}`}, ≤ ${most}`;
  return `, ${typeof least === 'string' ? least : `≥ ${least}`}`;
}

/** The type of a value, as people write it. */
function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' / ');
  if (schema.type === 'array') return `[${schema.items === undefined ? '' : typeOf(schema.items)}]`;
  if (schema.type === 'object') return schema.propertyNames === undefined ? '{…}' : '{"…": …}';
  if (schema.format === 'date-time') return 'RFC 3339';
  return `${schema.type ?? ''}${rangeOf(schema)}`;
}

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;

function defaultOf({ byDefault }: Told, isRequired: boolean, language: Language): string {
  if (isRequired) return language.required;
  if (byDefault === undefined) return '–';
  if (!isWords(byDefault)) return code(byDefault);
  return language.at === 0 ? byDefault.en : byDefault.zh;
}

function row({ path, schema, isRequired }: Member, section: string, language: Language): string {
  const told = TOLD[path];
  if (told === undefined) throw new Error(`nothing is told of ${path}`);
  const name = path === section ? path : path.slice(section.length + 1).replace(/^\*\./, '');
  const unit = told.unit === undefined ? '' : ` (${told.unit[language.at]})`;
  const cells = [
    `\`${name}\``,
    typeOf(schema) + unit,
    defaultOf(told, isRequired, language),
    told.text[language.at],
    told.example === undefined ? '–' : code(told.example),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** The page that lists every member, as Markdown. */
export function page(language: Language): string {
  const all = members();
  const lines = [`# ${language.title}`, '', language.intro, ''];
  for (const section of SECTIONS) {
    const inIt = all.filter(({ path }) => path.startsWith(`${section}.`) || path.startsWith(`${section}[`));
    const own = TOLD[section]?.text[language.at] ?? language.limits;
    lines.push(`## \`${section}\``, '', own, '');
    if (inIt.length === 0) continue;
    lines.push(`| ${language.head.join(' | ')} |`, `|${' --- |'.repeat(language.head.length)}`);
    lines.push(...inIt.map((member) => row(member, section, language)), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

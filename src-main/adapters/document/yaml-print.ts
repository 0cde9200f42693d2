import { isScalar, Scalar, stringify } from 'yaml';
import { isObject } from '../../core/same-value.ts';

function printScalar(value: unknown): string {
  // A double-quoted YAML string reads every escape that JSON writes (YAML 1.2 §5.7).
  if (typeof value === 'string' && /[\n\r]/.test(value)) return JSON.stringify(value);
  // Inside a list the library also quotes what would end one.
  const list = stringify([value], { collectionStyle: 'flow', lineWidth: 0 });
  // Only what the library put there is cut off: other white space is part of a value.
  return list.replace(/^\[ */, '').replace(/ *\]\n*$/, '');
}

/** A value on one line, safe inside `{}` and `[]` as well as outside. */
export function printInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printInline).join(', ')}]`;
  if (!isObject(value)) return printScalar(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${printScalar(name)}: ${printInline(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A string in the quotes the old one had; anything else on one line. */
export function printLike(value: unknown, old: unknown): string {
  if (typeof value !== 'string' || !isScalar(old)) return printInline(value);
  if (old.type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  const fitsSingle = old.type === Scalar.QUOTE_SINGLE && /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(value);
  return fitsSingle ? `'${value.replaceAll("'", "''")}'` : printInline(value);
}

/** A value over several lines, each indented by `column` blanks; ends without a line break. */
export function printBlock(value: unknown, column: number, newline: string): string {
  const lines = stringify(value, { lineWidth: 0 }).replace(/\n+$/, '').split('\n');
  return lines.map((line) => (line === '' ? line : ' '.repeat(column) + line)).join(newline);
}

/** `key: value` as it follows its siblings: on one line where they are, else over several. */
export function printPair(
  key: string,
  value: unknown,
  column: number,
  newline: string,
  inline: boolean,
): string {
  const asBlock = !inline && isObject(value) && Object.keys(value).length > 0;
  if (asBlock) return printBlock({ [key]: value }, column, newline);
  return `${' '.repeat(column)}${printInline(key)}: ${printInline(value)}`;
}

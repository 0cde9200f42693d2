import { isScalar, Scalar, stringify } from 'yaml';
import { isObject } from '../../core/same-value.ts';

/** A value on one line, safe inside `{}` and `[]` as well as outside. */
export function printInline(value: unknown): string {
  const list = stringify([value], { collectionStyle: 'flow', lineWidth: 0, blockQuote: false });
  return list.trim().slice(1, -1).trim().replaceAll(/\n\s*/g, ' ');
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
  const lines = stringify(value, { lineWidth: 0 }).trimEnd().split('\n');
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

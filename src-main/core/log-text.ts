/**
 * What may not stand in a log line as it is: what JSON forbids, surrogates (a lone one is no valid UTF-8), and
 * what terminals obey or other programs take for the end of a line.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A JSON string, quotes included, that stays on one line in every program that reads it. Fast for plain texts. */
export function jsonText(value: string): string {
  return UNSAFE.test(value) ? printable(JSON.stringify(value)) : `"${value}"`;
}

/** The text with line ends and other control characters written as `\u….`; JSON stays the same JSON. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

let cachedSecond = Number.NaN;
let cachedPrefix = '';

/** RFC 3339 in UTC with milliseconds. Neighbouring lines share a second, so all but the milliseconds is kept. */
export function logTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== cachedSecond) {
    cachedPrefix = new Date(second * 1000).toISOString().slice(0, -4);
    cachedSecond = second;
  }
  const ms = Math.floor(epochMs - second * 1000);
  return `${cachedPrefix}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
}

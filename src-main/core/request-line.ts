import type { RequestRecord } from '../contract/request-record.ts';

/** Nothing a client sends may make a line longer than a few times this, in UTF-16 units per member. */
const LONGEST_TEXT = 2048;

/**
 * What may not stand in a line as it is: what JSON forbids, surrogates (a lone one is no valid UTF-8), and
 * what terminals obey or other programs take for the end of a line.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
const UNSAFE_TO_READERS = /[\u007f-\u009f\u2028\u2029]/g;

/** One line of the request log, without its line end: JSON members in the contract's order, durations to the microsecond. */
export function requestLine(record: RequestRecord): string {
  return (
    `{"v":${record.v},"time":"${timeOf(record.time)}","request_id":${text(record.request_id)}` +
    `,"user":${nullable(record.user)},"key_id":${nullable(record.key_id)},"channel":${nullable(record.channel)}` +
    `,"dialect":${text(record.dialect)},"endpoint":${text(record.endpoint)},"method":${text(record.method)}` +
    `,"path":${text(record.path)},"protocol":"${record.protocol}","status":${count(record.status)}` +
    `,"outcome":"${record.outcome}","error_code":${nullable(record.error_code)}` +
    `,"error_message":${nullable(record.error_message)},"latency_ms":${duration(record.latency_ms)}` +
    `,"ttfb_ms":${duration(record.ttfb_ms)},"bytes_in":${count(record.bytes_in)},"bytes_out":${count(record.bytes_out)}` +
    `,"model":${nullable(record.model)},"tokens_in":${count(record.tokens_in)},"tokens_out":${count(record.tokens_out)}` +
    `,"tokens_cached":${count(record.tokens_cached)},"tokens_reasoning":${count(record.tokens_reasoning)}` +
    `,"client":${text(record.client)},"attempts":${count(record.attempts)}}`
  );
}

/** A JSON string for one member of a log line: safe to print, bounded in length. */
export function text(value: string): string {
  if (value.length > LONGEST_TEXT) return escaped(`${value.slice(0, LONGEST_TEXT)}...`);
  return UNSAFE.test(value) ? escaped(value) : `"${value}"`;
}

function nullable(value: string | null): string {
  return value === null ? 'null' : text(value);
}

function escaped(value: string): string {
  return JSON.stringify(value).replace(
    UNSAFE_TO_READERS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `NaN` and infinities are no JSON; they come of a bug, which must not make the line unreadable. */
function count(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'null' : `${value}`;
}

/** Whole and fraction are written as integers: turning a double into text costs three times as much. */
function duration(valueMs: number | null): string {
  if (valueMs === null || !(valueMs >= 0 && valueMs < 1e12)) return 'null';
  const us = Math.round(valueMs * 1000);
  const whole = Math.floor(us / 1000);
  const fraction = us - whole * 1000;
  if (fraction === 0) return `${whole}`;
  return `${whole}${fraction < 10 ? '.00' : fraction < 100 ? '.0' : '.'}${fraction}`;
}

let cachedSecond = Number.NaN;
let cachedPrefix = '';

/** RFC 3339 in UTC with milliseconds. Neighbouring lines share a second, so all but the milliseconds is kept. */
export function timeOf(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== cachedSecond) {
    cachedPrefix = new Date(second * 1000).toISOString().slice(0, -4);
    cachedSecond = second;
  }
  const ms = Math.floor(epochMs - second * 1000);
  return `${cachedPrefix}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
}

import type { RequestRecord } from '../contract/request-record.ts';
import { jsonText, logTime } from './log-text.ts';

/** Nothing a client sends may make a line longer than a few times this. UTF-16 units per member. */
const LONGEST_TEXT = 2048;

/**
 * One line of the request log, without its line end: JSON members in the contract's order, durations to the
 * microsecond. Joined by hand, because it is made for every request.
 */
export function requestLine(record: RequestRecord): string {
  return (
    `{"v":${record.v},"time":"${logTime(record.time)}","request_id":${text(record.request_id)}` +
    `,"user":${nullable(record.user)},"key_id":${nullable(record.key_id)},"channel":${nullable(record.channel)}` +
    `,"dialect":${text(record.dialect)},"endpoint":${text(record.endpoint)},"method":${text(record.method)}` +
    `,"path":${text(record.path)},"protocol":"${record.protocol}","status":${count(record.status)}` +
    `,"outcome":"${record.outcome}","error_code":${nullable(record.error_code)}` +
    `,"error_message":${nullable(record.error_message)},"latency_ms":${duration(record.latency_ms)}` +
    `,"ttfb_ms":${duration(record.ttfb_ms)},"bytes_in":${count(record.bytes_in)},"bytes_out":${count(record.bytes_out)}` +
    `,"model":${nullable(record.model)},"tokens_in":${count(record.tokens_in)},"tokens_out":${count(record.tokens_out)}` +
    `,"tokens_cached":${count(record.tokens_cached)},"tokens_reasoning":${count(record.tokens_reasoning)}` +
    `,"characters":${count(record.characters)},"seconds":${count(record.seconds)},"cost":${count(record.cost)}` +
    messages(record) +
    `,"client":${text(record.client)},"attempts":${count(record.attempts)}${refusedKey(record)}}`
  );
}

/** Only sessions have any; every other line is spared the members. */
function messages({ messages_in, messages_out }: RequestRecord): string {
  if (messages_in === undefined) return '';
  return `,"messages_in":${count(messages_in)},"messages_out":${count(messages_out ?? 0)}`;
}

/** Only refused requests have one. */
function refusedKey({ refused_key_end }: RequestRecord): string {
  return refused_key_end === undefined ? '' : `,"refused_key_end":${jsonText(refused_key_end)}`;
}

function text(value: string): string {
  return jsonText(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}...` : value);
}

function nullable(value: string | null): string {
  return value === null ? 'null' : text(value);
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

import {
  OUTCOMES,
  type Outcome,
  PROTOCOLS,
  type Protocol,
  REQUEST_RECORD_VERSION,
} from '../../contract/request-record.ts';
import type { CountableRecord } from './usage-counting.ts';

/** Why a line cannot be counted: it is no record, or one that a newer version wrote. */
export type UncountableLine = 'unreadable' | 'newer';

const OUTCOME_NAMES: ReadonlySet<string> = new Set(OUTCOMES);
const PROTOCOL_NAMES: ReadonlySet<string> = new Set(PROTOCOLS);

/** Reads from a line of the request log what is counted of it. */
export function parseCountedLine(line: string): CountableRecord | UncountableLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return 'unreadable';
  }
  if (typeof parsed !== 'object' || parsed === null) return 'unreadable';
  const members = parsed as Readonly<Record<string, unknown>>; // An object from JSON; each member is looked at below.
  if (typeof members.v === 'number' && members.v > REQUEST_RECORD_VERSION) return 'newer';
  const time = typeof members.time === 'string' ? Date.parse(members.time) : Number.NaN;
  const { outcome, protocol, endpoint } = members;
  if (Number.isNaN(time) || !isOutcome(outcome) || !isProtocol(protocol) || typeof endpoint !== 'string') {
    return 'unreadable';
  }
  return {
    time,
    outcome,
    protocol,
    endpoint,
    user: text(members.user),
    key_id: text(members.key_id),
    channel: text(members.channel),
    method: text(members.method) ?? '',
    model: text(members.model),
    error_code: text(members.error_code),
    latency_ms: amount(members.latency_ms) ?? 0,
    ttfb_ms: amount(members.ttfb_ms),
    bytes_in: amount(members.bytes_in) ?? 0,
    bytes_out: amount(members.bytes_out) ?? 0,
    tokens_in: amount(members.tokens_in),
    tokens_out: amount(members.tokens_out),
    tokens_cached: amount(members.tokens_cached),
    tokens_reasoning: amount(members.tokens_reasoning),
    characters: amount(members.characters),
    seconds: amount(members.seconds),
    cost: amount(members.cost),
  };
}

const isOutcome = (value: unknown): value is Outcome => typeof value === 'string' && OUTCOME_NAMES.has(value);
const isProtocol = (value: unknown): value is Protocol =>
  typeof value === 'string' && PROTOCOL_NAMES.has(value);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const amount = (value: unknown): number | null => (typeof value === 'number' ? value : null);

import type { Outcome, RequestRecord } from '../../src-main/contract/request-record.ts';
import { NO_USAGE, REQUEST_RECORD_VERSION } from '../../src-main/contract/request-record.ts';

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-6', 'gemini-2.5-flash', 'qwen-plus'] as const;
const ENDPOINTS = ['/v1/chat/completions', '/v1/responses', '/v1/embeddings'] as const;

interface Ending {
  readonly outcome: Outcome;
  readonly status: number;
  readonly error_code: string | null;
  readonly error_message: string | null;
}
const GOOD: Ending = { outcome: 'success', status: 200, error_code: null, error_message: null };
const BAD: readonly Ending[] = [
  {
    outcome: 'client_error',
    status: 429,
    error_code: 'rate_limit_exceeded',
    error_message: 'Rate limit reached for requests.',
  },
  {
    outcome: 'platform_error',
    status: 502,
    error_code: 'upstream_unreachable',
    error_message: 'the platform could not be reached: connection refused',
  },
  {
    outcome: 'platform_error',
    status: 504,
    error_code: 'upstream_timeout',
    error_message: 'the platform did not answer within 600 s',
  },
  {
    outcome: 'client_error',
    status: 403,
    error_code: 'model_not_permitted',
    error_message: 'this Proxy-Key may not use the model gpt-4o',
  },
  { outcome: 'partial', status: 200, error_code: null, error_message: null },
];

/** How many users and channels the records are spread over. */
export interface Spread {
  readonly users: number;
  readonly channels: number;
}

const pick = <T>(all: readonly T[], at: number, otherwise: T): T => all[at % all.length] ?? otherwise;
/** Spread evenly, but without an order that would show. */
const mixed = (at: number): number => (Math.imul(at + 1, 2_654_435_761) >>> 0) % 1_000_003;

/** The request number `at`, always the same: as different ones as a company makes. One in twelve fails. */
export function variedRecord(at: number, time: number, { users, channels }: Spread): RequestRecord {
  const chance = mixed(at);
  const { outcome, status, error_code, error_message } =
    chance % 12 === 0 ? pick(BAD, Math.floor(chance / 12), GOOD) : GOOD;
  // A few use much, most use little, and each has habits.
  const user = Math.floor(users * ((chance % 997) / 997) ** 2);
  const answered = outcome === 'success' || outcome === 'partial';
  const latency_ms = 80 + (chance % 4000) ** 1.1 / 3;
  return {
    v: REQUEST_RECORD_VERSION,
    time,
    request_id: `req_${String(at).padStart(9, '0')}`,
    user: `usr_${user}`,
    key_id: `key_${user}`,
    channel: `ch_${user % channels}`,
    dialect: 'openai',
    endpoint: pick(ENDPOINTS, user, ENDPOINTS[0]),
    method: 'POST',
    path: pick(ENDPOINTS, user, ENDPOINTS[0]),
    protocol: user % 3 === 0 ? 'sse' : 'http',
    status,
    outcome,
    error_code,
    error_message,
    latency_ms,
    ttfb_ms: answered ? latency_ms / 2 : null,
    bytes_in: 200 + (chance % 5000),
    bytes_out: answered ? 500 + (chance % 20_000) : 120,
    model: pick(MODELS, user, MODELS[0]),
    ...NO_USAGE,
    tokens_in: answered ? 50 + (chance % 1500) : null,
    tokens_out: answered ? 20 + (chance % 700) : null,
    cost: answered ? (chance % 1000) / 50_000 : null,
    client: '127.0.0.1',
    attempts: 1,
    messages_in: undefined,
    messages_out: undefined,
  };
}

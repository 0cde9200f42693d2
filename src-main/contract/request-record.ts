import type { ErrorCode } from './errors.ts';

/** The version written into each line; a reader refuses a higher one. */
export const REQUEST_RECORD_VERSION = 1;

/** How a request ended, as statistics count it. `success` is 101, 2xx and 3xx. */
export const OUTCOMES = [
  'success',
  'client_error',
  'platform_error',
  'gateway_error',
  'aborted',
  'partial',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What `failure` stands for where outcomes are asked for. A client that left (`aborted`, `partial`) is no failure. */
export const FAILURES = [
  'client_error',
  'platform_error',
  'gateway_error',
] as const satisfies readonly Outcome[];

export const PROTOCOLS = ['http', 'sse', 'websocket'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** What a platform said it used. `null` where it said nothing. Tokens and characters are counts. */
export interface Usage {
  readonly tokens_in: number | null;
  readonly tokens_out: number | null;
  readonly tokens_cached: number | null;
  readonly tokens_reasoning: number | null;
  /** Of speech that was synthesised. */
  readonly characters: number | null;
  /** Of audio that was understood or made. */
  readonly seconds: number | null;
}

export const NO_USAGE: Usage = {
  tokens_in: null,
  tokens_out: null,
  tokens_cached: null,
  tokens_reasoning: null,
  characters: null,
  seconds: null,
};

/** One line of `logs/requests-<day>.jsonl`. Times RFC 3339, durations in milliseconds, sizes in bytes. */
export interface RequestRecord extends Usage {
  readonly v: typeof REQUEST_RECORD_VERSION;
  /** When the request arrived, in epoch milliseconds; written as RFC 3339. */
  readonly time: number;
  readonly request_id: string;
  readonly user: string | null;
  readonly key_id: string | null;
  readonly channel: string | null;
  readonly dialect: string;
  /** The operation's name with ids and model names taken out. */
  readonly endpoint: string;
  readonly method: string;
  /** The path as it came, credentials taken out. */
  readonly path: string;
  readonly protocol: Protocol;
  /** The status the client saw; 499 where it left before one was sent. */
  readonly status: number;
  readonly outcome: Outcome;
  readonly error_code: ErrorCode | string | null;
  readonly error_message: string | null;
  readonly latency_ms: number;
  /** Until the first byte of the answer left for the client; `null` where none did. */
  readonly ttfb_ms: number | null;
  /** Body bytes from and to the client. */
  readonly bytes_in: number;
  readonly bytes_out: number;
  /** Messages of a WebSocket session from and to the client; left out where there was none. */
  readonly messages_in?: number | undefined;
  readonly messages_out?: number | undefined;
  readonly model: string | null;
  /** By `prices`, in their currency; `null` where nothing is priced. */
  readonly cost: number | null;
  readonly client: string;
  /** The last four characters of an unknown key of at least 20 that was refused; left out elsewhere. */
  readonly refused_key_end?: string | undefined;
  /** How often the platform was asked: 0 where the request was refused here. */
  readonly attempts: number;
}

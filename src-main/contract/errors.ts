/** Every error code AIProxy itself can answer with, and its HTTP status. The only list of them. */
export const ERROR_STATUS = {
  missing_proxy_key: 401,
  invalid_proxy_key: 401,
  proxy_key_disabled: 403,
  proxy_key_expired: 403,
  user_disabled: 403,
  ip_not_allowed: 403,
  channel_not_permitted: 403,
  model_not_permitted: 403,
  origin_not_allowed: 403,
  bad_request: 400,
  websocket_not_supported: 400,
  no_channel: 404,
  not_found: 404,
  method_not_allowed: 405,
  request_too_large: 413,
  expectation_failed: 417,
  headers_too_large: 431,
  rate_limited: 429,
  quota_exceeded: 429,
  concurrency_exceeded: 429,
  internal_error: 500,
  upstream_unreachable: 502,
  upstream_protocol_error: 502,
  channel_unavailable: 503,
  overloaded: 503,
  draining: 503,
  paused: 503,
  upstream_timeout: 504,
  validation_failed: 422,
  conflict: 409,
  config_read_only: 409,
  precondition_failed: 412,
  storage_failed: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate_limited',
  'quota_exceeded',
  'concurrency_exceeded',
  'upstream_unreachable',
  'channel_unavailable',
  'overloaded',
  'draining',
  'paused',
  'upstream_timeout',
]);

export interface ProxyErrorOptions {
  /** Sent as `Retry-After`, in whole seconds. */
  readonly retryAfterS?: number;
  /** In place of the code's own one, where a protocol asks for another. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** An expected failure: what the client is told, and under which code it is counted. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ErrorCode;
  readonly retryAfterS: number | undefined;
  readonly status: number;

  constructor(code: ErrorCode, message: string, options: ProxyErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterS = options.retryAfterS;
    this.status = options.status ?? ERROR_STATUS[code];
  }

  /** Whether the same request may succeed when it is sent again. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

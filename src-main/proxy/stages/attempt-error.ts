import { ProxyError } from '../../contract/errors.ts';
import type { UpstreamError } from '../../core/ports.ts';

/** What the client is told about a platform that failed. */
export function attemptError(error: UpstreamError): ProxyError {
  switch (error.kind) {
    case 'connect':
    case 'refused_address':
    case 'reset':
      return new ProxyError('upstream_unreachable', `the platform could not be reached: ${error.reason}`);
    case 'protocol':
      return new ProxyError(
        'upstream_protocol_error',
        `the platform did not answer in HTTP: ${error.reason}`,
      );
    case 'request_body':
      return error.cause instanceof ProxyError
        ? error.cause
        : new ProxyError('bad_request', `the request body ended early: ${error.reason}`);
    case 'aborted':
      return new ProxyError('upstream_unreachable', 'the request to the platform was cut');
  }
}

/** Statuses with which a platform says that another try may help. */
const WORTH_ANOTHER_TRY = new Set([502, 503, 504]);

export interface RetryRules {
  readonly attempts: number;
  readonly maxRetries: number;
  /** Whether the body is at hand to be sent again. */
  readonly repeatable: boolean;
  /** Milliseconds since the first attempt began. */
  readonly elapsedMs: number;
  /** How long another attempt may take to connect. */
  readonly connectTimeoutMs: number;
}

/** All attempts to connect together must have failed within this, because voice SDKs give up after 5 s. */
export const CONNECT_BUDGET_MS = 4_500;

/** Whether a failed attempt is made again. Nothing has reached the client yet. */
export function retriesError(
  { kind }: UpstreamError,
  { attempts, maxRetries, repeatable, elapsedMs, connectTimeoutMs }: RetryRules,
): boolean {
  if (!repeatable || attempts > maxRetries) return false;
  if (kind === 'connect') return elapsedMs + retryDelayMs(attempts) + connectTimeoutMs <= CONNECT_BUDGET_MS;
  return kind === 'reset';
}

/** Whether an answer with this status is thrown away and asked for again. */
export const retriesStatus = (status: number, { attempts, maxRetries, repeatable }: RetryRules): boolean =>
  repeatable && attempts <= maxRetries && WORTH_ANOTHER_TRY.has(status);

/** How long to wait before the next attempt: 100 ms, 200 ms, 400 ms, … up to 2 s. */
export const retryDelayMs = (attempts: number): number => Math.min(2_000, 100 * 2 ** (attempts - 1));

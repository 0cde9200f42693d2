import type { ErrorCode, ProxyError } from '../contract/errors.ts';
import type { Outcome } from '../contract/request-record.ts';

const OF_THE_PLATFORM: ReadonlySet<ErrorCode> = new Set([
  'upstream_unreachable',
  'upstream_protocol_error',
  'upstream_timeout',
]);

/** How a request ends that ends with this error. */
export function outcomeOfError({ code, status }: ProxyError): Outcome {
  if (OF_THE_PLATFORM.has(code)) return 'platform_error';
  return status >= 500 ? 'gateway_error' : 'client_error';
}

/** How a running answer or session ends when it is not allowed any more: nothing failed unless our own judging did. */
export const outcomeOfWithdrawal = ({ code }: ProxyError): Outcome =>
  code === 'internal_error' ? 'gateway_error' : 'client_error';

/** Statuses below 500 with which a platform refuses the channel (its key, its credit, its limits) rather than the request. */
const REFUSES_THE_CHANNEL: ReadonlySet<number> = new Set([401, 402, 403, 429]);

/** What a platform's answer of this status comes to. */
export function outcomeOfStatus(status: number): Outcome {
  if (status < 400) return 'success';
  return status >= 500 || REFUSES_THE_CHANNEL.has(status) ? 'platform_error' : 'client_error';
}

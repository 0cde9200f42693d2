import type { Exchange } from '../stand-in.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** An error in the body that Anthropic uses. */
export function anthropicError({ answer }: Exchange, status: number, message: string): void {
  const error = { type: TYPES[status] ?? 'api_error', message };
  answer.json(
    status,
    { type: 'error', error, request_id: 'req_stand_in' },
    { 'request-id': 'req_stand_in', ...(status === 429 ? { 'retry-after': '7' } : {}) },
  );
}

import type { ErrorCode, ProxyError } from '../contract/errors.ts';
import type { Dialect } from './dialect.ts';

/** OpenAI's `type` by status (the SDKs choose their exception by the status; people read the type). */
function openaiType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

/** Anthropic's error types (its API reference, "Errors"). */
function anthropicType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error';
    case 403:
      return 'permission_error';
    case 404:
      return 'not_found_error';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_error';
    case 503:
      return 'overloaded_error';
    case 504:
      return 'timeout_error';
    default:
      return status >= 500 ? 'api_error' : 'invalid_request_error';
  }
}

/** Google's canonical codes (google.rpc.Code and its mapping to HTTP). */
function googleStatus(status: number): string {
  switch (status) {
    case 400:
      return 'INVALID_ARGUMENT';
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'PERMISSION_DENIED';
    case 404:
      return 'NOT_FOUND';
    case 409:
      return 'ABORTED';
    case 429:
      return 'RESOURCE_EXHAUSTED';
    case 500:
      return 'INTERNAL';
    case 504:
      return 'DEADLINE_EXCEEDED';
    default:
      return status >= 500 ? 'UNAVAILABLE' : 'FAILED_PRECONDITION';
  }
}

/** DashScope's own codes where it has one for the same thing, else ours in its spelling. */
const DASHSCOPE: Partial<Record<ErrorCode, string>> = {
  missing_proxy_key: 'InvalidApiKey',
  invalid_proxy_key: 'InvalidApiKey',
  bad_request: 'InvalidParameter',
  rate_limited: 'Throttling.RateQuota',
  quota_exceeded: 'Throttling.AllocationQuota',
};

const camel = (code: string): string =>
  code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The `error` member of OpenAI's answers. */
export const openaiError = ({ message, code, status }: ProxyError) => ({
  message,
  type: openaiType(status),
  param: null,
  code,
});

/** An error in the shape that the client's SDK turns into its own exception. */
export function errorBody(dialect: Dialect, error: ProxyError, requestId: string): string {
  const { code, message, status } = error;
  switch (dialect) {
    case 'anthropic':
      return JSON.stringify({
        type: 'error',
        error: { type: anthropicType(status), message },
        request_id: requestId,
      });
    case 'gemini':
      return JSON.stringify({ error: { code: status, message, status: googleStatus(status) } });
    case 'dashscope':
      return JSON.stringify({ code: DASHSCOPE[code] ?? camel(code), message, request_id: requestId });
    case 'openai':
    case 'azure':
    case 'raw':
      return JSON.stringify({ error: openaiError(error) });
  }
}

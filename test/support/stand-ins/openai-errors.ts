import type { Exchange } from '../stand-in.ts';

const TYPES: Readonly<Record<number, string>> = {
  401: 'invalid_request_error',
  403: 'invalid_request_error',
  429: 'requests',
  500: 'server_error',
  503: 'server_error',
};

const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  404: 'model_not_found',
  429: 'rate_limit_exceeded',
};

/** An error in the body that OpenAI uses. */
export function openAiError({ answer }: Exchange, status: number, message: string): void {
  const error = {
    message,
    type: TYPES[status] ?? 'invalid_request_error',
    param: null,
    code: CODES[status] ?? null,
  };
  answer.json(status, { error }, status === 429 ? { 'retry-after': '7' } : {});
}

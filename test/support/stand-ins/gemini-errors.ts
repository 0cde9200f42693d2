import type { Exchange } from '../stand-in.ts';

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** An error in the body that Gemini uses (google.rpc.Status). */
export function geminiError(
  { answer }: Exchange,
  status: number,
  message: string,
  details: object[] = [],
): void {
  const error = { code: status, message, status: STATUSES[status] ?? 'UNKNOWN' };
  answer.json(
    status,
    { error: details.length === 0 ? error : { ...error, details } },
    { 'content-type': 'application/json; charset=UTF-8' },
  );
}

/** What Gemini answers to a wrong key: 400, not 401. */
export function geminiWrongKey(exchange: Exchange): void {
  geminiError(exchange, 400, 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
  ]);
}

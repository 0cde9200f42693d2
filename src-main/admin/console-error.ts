import type { Context } from 'hono';

/** The console's own refusals, and the status of each. */
const STATUS = {
  missing_admin_token: 401,
  invalid_admin_token: 401,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  internal_error: 500,
} as const;

export type ConsoleErrorCode = keyof typeof STATUS;

const TYPE = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'invalid_request_error',
  500: 'server_error',
} as const;

/** Answers with an error in the shape that the proxy's OpenAI dialect has too. */
export function refuse(context: Context, code: ConsoleErrorCode, message: string): Response {
  const status = STATUS[code];
  if (status === 401) context.header('www-authenticate', 'Bearer');
  return context.json({ error: { message, type: TYPE[status], param: null, code } }, status);
}

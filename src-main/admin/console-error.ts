import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type ErrorCode, ERROR_STATUS as PROXY_STATUS, ProxyError } from '../contract/errors.ts';
import { isDiskError, plainReason } from '../core/disk-words.ts';
import { shortText } from '../core/short-text.ts';

/** The console's own refusals, and the status of each; the rest of its codes are the gateway's. */
const STATUS = {
  ...PROXY_STATUS,
  missing_admin_token: 401,
  invalid_admin_token: 401,
  too_many_attempts: 429,
  host_not_allowed: 403,
  content_type_not_allowed: 403,
  upgrade_required: 426,
} as const;

export type ConsoleErrorCode = ErrorCode | keyof typeof STATUS;

/** A field that is wrong: its path within the body, query or path, joined by dots. */
export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

const MOST_ISSUES = 20;
/** What is told of one mistake, in UTF-16 units: it repeats names that were sent, which may be of any length. */
const LONGEST_ISSUE = 500;
const LONGEST_MESSAGE = 5 * LONGEST_ISSUE;

const shortIssue = ({ path, message }: FieldIssue): FieldIssue => ({
  path: shortText(path, LONGEST_ISSUE),
  message: shortText(message, LONGEST_ISSUE),
});

/** The first fields that are wrong, and how many more there are. */
function firstIssues(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  // One more takes no more room than the line that says so.
  if (issues.length <= MOST_ISSUES + 1) return issues.map(shortIssue);
  const more = { path: '', message: `${issues.length - MOST_ISSUES} more mistakes` };
  return [...issues.slice(0, MOST_ISSUES).map(shortIssue), more];
}

/** What an error answer may carry besides its words. */
export interface RefusalDetails {
  readonly issues?: readonly FieldIssue[];
  /** What a deletion would affect: ids by section. */
  readonly affected?: Readonly<Record<string, readonly string[]>>;
  /** The record as it is now, where somebody else changed it. */
  readonly current?: unknown;
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}

/** An expected failure of the admin API that carries more than words. */
export class Refusal extends ProxyError {
  readonly details: RefusalDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: RefusalDetails,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message);
    this.details = details;
    this.headers = headers;
  }
}

/** Answers with an error in the shape that the proxy's OpenAI dialect has too. */
export function refuse(
  context: Context,
  code: ConsoleErrorCode,
  message: string,
  details: RefusalDetails = {},
): Response {
  const status = STATUS[code];
  if (status === 401) context.header('www-authenticate', 'Bearer');
  const issues = details.issues === undefined ? undefined : firstIssues(details.issues);
  const param = issues?.[0]?.path ?? null;
  const told = issues === undefined ? details : { ...details, issues };
  const words = shortText(message, LONGEST_MESSAGE);
  return context.json({ error: { message: words, type: typeOf(status), param, code, ...told } }, status);
}

/** Answers with what a route threw. @param onFault takes exceptions that no one expected */
export function answerError(error: Error, context: Context, onFault: (error: Error) => void): Response {
  if (error instanceof ProxyError && error.code !== 'internal_error') {
    const { details, headers } = error instanceof Refusal ? error : { details: {}, headers: {} };
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (error.retryAfterS !== undefined) context.header('retry-after', String(error.retryAfterS));
    return refuse(context, error.code, error.message, details);
  }
  if (error instanceof HTTPException && error.status < 500) {
    return refuse(context, 'bad_request', 'The body is not valid JSON.');
  }
  onFault(error);
  if (isDiskError(error)) {
    return refuse(
      context,
      'storage_failed',
      `What this needs on the disk could not be done: ${plainReason(error)}.`,
    );
  }
  return refuse(context, 'internal_error', 'Something went wrong inside AIProxy.');
}

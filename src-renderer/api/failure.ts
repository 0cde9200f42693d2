/** A field that the server refused: its path, joined by dots, and why. */
export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

/** What an error answer of the admin API says. */
export interface FailureFacts {
  /** One of the API's codes; `unreachable` where AIProxy did not answer. */
  readonly code: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly message: string;
  readonly issues: readonly FieldIssue[];
  /** What a deletion would affect: ids by section. */
  readonly affected: Readonly<Record<string, readonly string[]>> | null;
  /** The record as it is now, where somebody else changed it. */
  readonly current: unknown;
  /** The version of `current`. */
  readonly etag: string | null;
  readonly retryAfterS: number | null;
}

/** The admin API refused, or did not answer. */
export class ApiFailure extends Error implements FailureFacts {
  override readonly name = 'ApiFailure';
  readonly code: string;
  readonly status: number;
  readonly issues: readonly FieldIssue[];
  readonly affected: FailureFacts['affected'];
  readonly current: unknown;
  readonly etag: string | null;
  readonly retryAfterS: number | null;

  constructor(facts: FailureFacts) {
    super(facts.message);
    this.code = facts.code;
    this.status = facts.status;
    this.issues = facts.issues;
    this.affected = facts.affected;
    this.current = facts.current;
    this.etag = facts.etag;
    this.retryAfterS = facts.retryAfterS;
  }
}

/** AIProxy did not answer at all. */
export const unreachable = (): ApiFailure =>
  new ApiFailure({
    code: 'unreachable',
    status: 0,
    message: 'AIProxy does not answer.',
    issues: [],
    affected: null,
    current: null,
    etag: null,
    retryAfterS: null,
  });

const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/** Reads an error answer. @param body its JSON, or `null` where it had none */
export function failureOf(response: Response, body: unknown): ApiFailure {
  const error = memberOf(body, 'error');
  const retryAfter = response.headers.get('retry-after');
  return new ApiFailure({
    code: String(memberOf(error, 'code') ?? 'internal_error'),
    status: response.status,
    message: String(memberOf(error, 'message') ?? `AIProxy answered with status ${response.status}.`),
    // The shape is the admin API's own (`Error` in its description).
    issues: (memberOf(error, 'issues') as readonly FieldIssue[] | undefined) ?? [],
    affected: (memberOf(error, 'affected') as FailureFacts['affected'] | undefined) ?? null,
    current: memberOf(error, 'current') ?? null,
    etag: response.headers.get('etag'),
    retryAfterS: retryAfter === null ? null : Number(retryAfter),
  });
}

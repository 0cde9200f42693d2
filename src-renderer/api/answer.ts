/** What became of a request to the admin API. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The token is wrong, or the session is over. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'too_many'; readonly seconds: number }
  /** AIProxy did not answer. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed'; readonly message: string };

/** A member of a value whose shape is not known. */
export const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);

/**
 * Asks the admin API. Never throws.
 * @param path below `/api/v1`
 * @param read takes the value out of an answer's body; `null` where it is not there
 */
export async function ask<T>(
  path: string,
  init: RequestInit,
  read: (body: unknown) => T | null,
): Promise<Answer<T>> {
  try {
    // Redirects are none of the API's answers; credentials of the browser's own are none of its business.
    const response = await fetch(`/api/v1${path}`, { ...init, redirect: 'error', credentials: 'omit' });
    const body: unknown = response.status === 204 ? null : await response.json();
    if (response.status === 401) return { kind: 'refused' };
    if (response.status === 429)
      return { kind: 'too_many', seconds: Number(response.headers.get('retry-after') ?? 60) };
    const value = response.ok ? read(body) : null;
    return value === null
      ? { kind: 'failed', message: String(memberOf(memberOf(body, 'error'), 'message') ?? response.status) }
      : { kind: 'ok', value };
  } catch {
    return { kind: 'unreachable' };
  }
}

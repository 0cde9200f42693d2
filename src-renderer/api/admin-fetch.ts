import { ApiFailure, failureOf, unreachable } from './failure.ts';
import { currentSession, endHere, type Session } from './session.ts';

/** The header that shows the session; empty in the desktop, whose shell adds it. */
export function credentialHeaders(): Readonly<Record<string, string>> {
  const session = currentSession();
  return session?.kind === 'bearer' ? { authorization: `Bearer ${session.token}` } : {};
}

/** What tells one session from another. */
const tokenOf = (session: Session | null): string | null =>
  session?.kind === 'bearer' ? session.token : (session?.kind ?? null);

const unreachableListeners = new Set<() => void>();

/** Calls back when a question got no answer, or a connection was lost; not for the one that asks how the program is. */
export function onUnreachable(listener: () => void): void {
  unreachableListeners.add(listener);
}

/** Tells that. */
export function tellUnreachable(): void {
  for (const listener of unreachableListeners) listener();
}

const STATUS = '/api/v1/status';

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/**
 * Asks the admin API, as this tab's session.
 * @param path below `/api/v1`, or whole
 * @throws ApiFailure for whatever is no success
 */
export async function adminFetch(path: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const shown = tokenOf(currentSession());
  for (const [name, value] of Object.entries(credentialHeaders())) headers.set(name, value);
  let response: Response;
  try {
    // Redirects are none of the API's answers; credentials of the browser's own are none of its business.
    response = await fetch(path, { ...init, headers, redirect: 'error', credentials: 'omit' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    if (!(path instanceof Request) && !String(path).endsWith(STATUS)) tellUnreachable();
    throw unreachable();
  }
  if (response.ok) return response;
  const failure = failureOf(response, await bodyOf(response));
  // A session that was replaced meanwhile goes on.
  if (failure.status === 401 && shown !== null && shown === tokenOf(currentSession())) endHere();
  throw failure;
}

/** Whether a failure may pass by itself, so that asking again makes sense. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 0 || error.status >= 502);

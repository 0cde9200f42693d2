/** `/docs` reads it too, in the same tab. */
const NAME = 'aiproxy.session';

/** The session of this tab, or `null`. It ends with the tab: nothing is stored for longer. */
export const storedSession = (): string | null => sessionStorage.getItem(NAME);

/** Remembers the session of this tab; `null` forgets it. */
export function storeSession(session: string | null): void {
  if (session === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, session);
}

import { desktop } from './desktop.ts';

/** `/docs` reads it too, in the same tab. */
const NAME = 'aiproxy.session';

/** How this page shows who it is: a bearer session of its own, or the shell's, which adds it by itself. */
export type Session = { readonly kind: 'bearer'; readonly token: string } | { readonly kind: 'desktop' };

/** The session of this tab, or `null`. A bearer session ends with the tab: nothing is stored for longer. */
export function currentSession(): Session | null {
  if (desktop !== null) return { kind: 'desktop' };
  const token = sessionStorage.getItem(NAME);
  return token === null ? null : { kind: 'bearer', token };
}

/** Remembers the session of this tab; `null` forgets it. */
export function storeSession(token: string | null): void {
  if (token === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, token);
}

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back when the server says that the session is over. @returns a function that ends this */
export function onSessionOver(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Forgets the session, because the server knows it no more. */
export function endHere(): void {
  storeSession(null);
  for (const listener of listeners) listener();
}

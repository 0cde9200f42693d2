import { desktop } from './desktop.ts';

/** In the storage of this tab or of this computer, and the channel between tabs; `/docs` uses them too. */
const NAME = 'aiproxy.session';

/** How this page shows who it is: a bearer session of its own, or the shell's, which adds it by itself. */
export type Session = { readonly kind: 'bearer'; readonly token: string } | { readonly kind: 'desktop' };

/** What tabs of this origin, which the port is part of, say to each other. */
type Message =
  /** A tab has no session: who has one? */
  | { readonly kind: 'asked' }
  /** A session that tabs without one may use. */
  | { readonly kind: 'begun'; readonly token: string }
  /** A session is over, for every tab that used it. */
  | { readonly kind: 'over'; readonly token: string };

type Listener = (session: Session | null) => void;

const tabs = new BroadcastChannel(NAME);
const listeners = new Set<Listener>();
/** Sessions that are over: another tab may not have noticed yet, and hand one on. */
const over = new Set<string>();

const say = (message: Message): void => tabs.postMessage(message);

const stored = (): string | null => sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME);

/** The session of this tab, or of this computer where it is remembered; `null` for none. */
export function currentSession(): Session | null {
  if (desktop !== null) return { kind: 'desktop' };
  const token = stored();
  return token === null ? null : { kind: 'bearer', token };
}

/** Whether the session is remembered on this computer. */
export const isRemembered = (): boolean => localStorage.getItem(NAME) !== null;

const tell = (): void => {
  for (const listener of listeners) listener(currentSession());
};

function forget(token: string): void {
  for (const storage of [sessionStorage, localStorage]) {
    if (storage.getItem(NAME) === token) storage.removeItem(NAME);
  }
}

/** Takes a session that was begun here, and hands it to tabs that wait for one. */
export function storeSession(token: string, remembered: boolean): void {
  sessionStorage.removeItem(NAME);
  localStorage.removeItem(NAME);
  (remembered ? localStorage : sessionStorage).setItem(NAME, token);
  say({ kind: 'begun', token });
  tell();
}

/** Forgets the session in all tabs, because somebody signed out. */
export function forgetSession(): void {
  const token = stored();
  if (token !== null) {
    over.add(token);
    forget(token);
    say({ kind: 'over', token });
  }
  tell();
}

/** Forgets the session, because the server knows it no more; another tab may have begun a new one. */
export function endHere(): void {
  forgetSession();
  askTabs();
}

/** Asks the other tabs for a session; the answer comes through {@link onSession}. */
export function askTabs(): void {
  if (desktop === null) say({ kind: 'asked' });
}

/** Calls back when the session is another one, or over. @returns a function that ends this */
export function onSession(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

// The channel carries what this very file sends, and no other origin is on it.
tabs.onmessage = ({ data }: MessageEvent<Message>) => {
  const token = stored();
  if (data.kind === 'asked') {
    if (token !== null) say({ kind: 'begun', token });
  } else if (data.kind === 'over') {
    over.add(data.token);
    forget(data.token);
    if (token === data.token) tell();
  } else if (token === null && desktop === null && !over.has(data.token)) {
    sessionStorage.setItem(NAME, data.token);
    tell();
  }
};

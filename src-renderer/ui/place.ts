import { useSyncExternalStore } from 'react';
import type { navigate as Navigate } from 'wouter/use-browser-location';
import { isAnythingUnsaved, leaveFor } from './unsaved.ts';

/** Where the reader is, as the screens see it. The browser's own address may run ahead while a question is open. */
interface Place {
  readonly path: string;
  readonly search: string;
  /** Its number among the entries of this tab's history, so that a step back can be taken back. */
  readonly index: number;
}

const NAME = 'aiproxyPlace';
/** Addresses of the same origin that are no screens. */
const OTHER_PAGES: ReadonlySet<string> = new Set(['/docs', '/licenses.txt']);

const indexOf = (state: unknown): number | null => {
  const index: unknown = Reflect.get(Object(state), NAME);
  return typeof index === 'number' ? index : null;
};

function here(before: number): Place {
  let index = indexOf(history.state);
  if (index === null) {
    // One that the browser made by itself, such as for `#content`.
    index = before + 1;
    history.replaceState({ [NAME]: index }, '');
  }
  return { path: location.pathname, search: location.search, index };
}

let shown = here(-1);
let isTakenBack = false;
let moves = 0;
const listeners = new Set<() => void>();

function show(next: Place): void {
  shown = next;
  moves += 1;
  for (const listener of listeners) listener();
}

function onPopState(): void {
  const next = here(shown.index);
  if (isTakenBack) {
    isTakenBack = false;
    return;
  }
  const steps = next.index - shown.index;
  const isSame = next.path === shown.path && next.search === shown.search;
  if (isSame || steps === 0 || !isAnythingUnsaved()) {
    show(next);
    return;
  }
  // The screens stay where they are, and so does the address, until that was asked.
  isTakenBack = true;
  history.go(-steps);
  leaveFor(() => history.go(steps));
}

/** The link that a press leads to, where it leads to another screen in this tab. */
function pressedLink(event: MouseEvent): URL | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download'))
    return null;
  const url = new URL(link.href);
  const isScreen = url.origin === location.origin && !OTHER_PAGES.has(url.pathname);
  return isScreen && `${url.pathname}${url.search}` !== `${shown.path}${shown.search}` ? url : null;
}

function onPress(event: MouseEvent): void {
  const url = isAnythingUnsaved() ? pressedLink(event) : null;
  if (url === null) return;
  event.preventDefault();
  event.stopPropagation();
  leaveFor(() => navigate(`${url.pathname}${url.search}`));
}

window.addEventListener('popstate', onPopState);
document.addEventListener('click', onPress, { capture: true });

/** Whether the reader has gone anywhere since the page was loaded. */
export const hasMoved = (): boolean => moves > 0;

/** Goes to another address of the console. It asks nothing: who saves or closes a form is done with it. */
export const navigate: typeof Navigate = (to, { replace = false } = {}) => {
  const index = replace ? shown.index : shown.index + 1;
  history[replace ? 'replaceState' : 'pushState']({ [NAME]: index }, '', to);
  show(here(index));
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The path of the address. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => shown.path);

/** The query of the address, with its `?`. */
export const useQueryText = (): string => useSyncExternalStore(subscribe, () => shown.search);

/** What wouter asks for the address. */
export const usePlace = (): [string, typeof Navigate] => [usePath(), navigate];

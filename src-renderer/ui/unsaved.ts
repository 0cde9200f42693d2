import { useEffect, useSyncExternalStore } from 'react';

/** Forms with something entered that is not saved. */
const unsaved = new Set<symbol>();
let question: (() => void) | null = null;
const listeners = new Set<() => void>();

function put(next: (() => void) | null): void {
  question = next;
  for (const listener of listeners) listener();
}

/** Whether something that was entered would be lost. */
export const isAnythingUnsaved = (): boolean => unsaved.size > 0;

/** While this is so, nobody leaves without being asked: not by Back, a link, another address or a reload. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const form = Symbol('form');
    unsaved.add(form);
    return () => void unsaved.delete(form);
  }, [isUnsaved]);
}

/** Does it at once where nothing would be lost, otherwise once that was agreed to. */
export function leaveFor(leave: () => void): void {
  if (isAnythingUnsaved()) put(leave);
  else leave();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the question waits for an answer. */
export const useLeavingAsked = (): boolean => useSyncExternalStore(subscribe, () => question !== null);

/** Answers what was asked. */
export function answerLeaving(agrees: boolean): void {
  const leave = question;
  put(null);
  if (!agrees || leave === null) return;
  unsaved.clear();
  leave();
}

// The browser asks in its own words, and only whom it has seen do something on the page.
window.addEventListener('beforeunload', (event) => {
  if (isAnythingUnsaved()) event.preventDefault();
});

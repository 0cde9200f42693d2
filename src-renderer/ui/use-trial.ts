import { useCallback, useEffect, useRef, useState } from 'react';
import type { TrialEvent, TrialQuestion } from '../../src-main/contract/key-trial.ts';
import { tryKey } from '../api/key-trial.ts';

/** How far a test request has come. */
export interface Trial {
  readonly isBusy: boolean;
  readonly text: string;
  readonly status: number | null;
  readonly requestId: string | null;
  /** Why it failed, in the words of the platform or the gateway. */
  readonly failure: { readonly code: string | null; readonly message: string } | null;
  /** Its line in the log, once it is over. */
  readonly record: Extract<TrialEvent, { type: 'end' }>['record'];
  /** It could not even be sent. */
  readonly error: unknown;
}

const NONE: Trial = {
  isBusy: false,
  text: '',
  status: null,
  requestId: null,
  failure: null,
  record: null,
  error: null,
};

/** What is known after another event. */
function withEvent(trial: Trial, event: TrialEvent): Trial {
  switch (event.type) {
    case 'head':
      return { ...trial, status: event.status, requestId: event.request_id };
    case 'text':
      return { ...trial, text: trial.text + event.text };
    case 'failed':
      return { ...trial, failure: { code: event.code, message: event.message } };
    case 'end':
      return { ...trial, record: event.record };
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** Test requests with a Proxy-Key, one at a time. Leaving the screen ends the one under way. */
export function useTrial(onDone?: () => void) {
  const [trial, setTrial] = useState<Trial | null>(null);
  const ending = useRef<AbortController | null>(null);
  const stop = useCallback(() => ending.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const send = async (id: string, question: TrialQuestion): Promise<void> => {
    stop();
    const own = new AbortController();
    ending.current = own;
    const change = (next: (trial: Trial) => Trial): void => {
      if (ending.current === own) setTrial((before) => next(before ?? NONE));
    };
    setTrial({ ...NONE, isBusy: true });
    try {
      await tryKey(id, question, own.signal, (event) => change((before) => withEvent(before, event)));
    } catch (error) {
      if (!isAbort(error)) change((before) => ({ ...before, error }));
    }
    change((before) => ({ ...before, isBusy: false }));
    onDone?.();
  };
  return { trial, send, stop };
}

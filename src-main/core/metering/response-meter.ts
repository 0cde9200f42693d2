import { NO_USAGE, type Usage } from '../../contract/request-record.ts';

/** What an answer told, as far as it has come. */
export interface Metered {
  readonly usage: Usage;
  /** Whether an answer that ends here is whole; `true` where its kind has no way to say so. */
  readonly complete: boolean;
  /** What it said of its end: nothing yet; why the model stopped; or that nothing more comes. */
  readonly progress: 'open' | 'finished' | 'ended';
  /** The error a stream carried as an event, in the platform's words. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Reads an answer as it passes, within bounds. */
export interface ResponseMeter {
  /** @returns the bytes to send on: the chunk itself, unless something is kept from the client */
  push(chunk: Uint8Array): readonly Uint8Array[];
  /** What was held back for reading and is to be sent at the end. */
  end(): readonly Uint8Array[];
  /** Where reading runs behind: resolves when everything pushed so far was read. */
  caughtUp?(): Promise<void>;
  /** What was told so far. */
  result(): Metered;
  /** That part of it, at no cost. */
  readonly progress: Metered['progress'];
  /** Whether this is one answer that has begun and not ended, so that its usage may still come. */
  readonly isWithinAnswer: boolean;
}

/** Nothing to send. */
export const NOTHING: readonly Uint8Array[] = [];

const NOTHING_METERED: Metered = { usage: NO_USAGE, complete: true, progress: 'open', error: null };

/** Counts nothing: the operation has no usage, or the answer cannot be read. */
export const BLIND_METER: ResponseMeter = {
  push: (chunk) => [chunk],
  end: () => NOTHING,
  result: () => NOTHING_METERED,
  progress: 'open',
  isWithinAnswer: false,
};

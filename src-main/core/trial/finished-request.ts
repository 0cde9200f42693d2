import type { RequestRecord } from '../../contract/request-record.ts';
import type { LoggedRequest, RequestFeed } from '../control-ports.ts';
import type { Clock } from '../ports.ts';

/** A request is recorded when its last byte has left. */
const WAIT_MS = 1_000;
/** Of the same key, while the id is not known yet. */
const MOST_HELD = 1_000;

/** Looks for the line of one request among those that are recorded from now on. */
export class FinishedRequest {
  readonly #clock: Clock;
  readonly #held = new Map<string, RequestRecord>();
  readonly #unsubscribe: () => void;
  #heard: ((record: RequestRecord) => void) | null = null;

  constructor(feed: RequestFeed, clock: Clock, keyId: string) {
    this.#clock = clock;
    this.#unsubscribe = feed.subscribe((record) => {
      if (record.key_id !== keyId) return;
      if (this.#held.size < MOST_HELD) this.#held.set(record.request_id, record);
      this.#heard?.(record);
    });
  }

  /** @returns `null` where it is not recorded within a second */
  async find(requestId: string): Promise<LoggedRequest | null> {
    const found = this.#held.get(requestId) ?? (await this.#wait(requestId));
    return found === null ? null : { ...found, time: new Date(found.time).toISOString() };
  }

  close(): void {
    this.#unsubscribe();
  }

  #wait(requestId: string): Promise<RequestRecord | null> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(WAIT_MS, () => resolve(null));
      this.#heard = (record) => {
        if (record.request_id !== requestId) return;
        cancel();
        resolve(record);
      };
    });
  }
}

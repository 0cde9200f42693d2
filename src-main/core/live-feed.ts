import type { RequestRecord } from '../contract/request-record.ts';
import type { RequestFeed } from './control-ports.ts';

type Listener = (record: RequestRecord) => void;

/** Passes finished requests on to whoever watches; costs next to nothing while nobody does. */
export class LiveFeed implements RequestFeed {
  #listeners: readonly Listener[] = [];

  subscribe(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  publish(record: RequestRecord): void {
    for (const listener of this.#listeners) listener(record);
  }
}

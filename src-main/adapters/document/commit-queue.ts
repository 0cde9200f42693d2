import type { Document } from '../../contract/document.ts';
import type { Change } from './changes.ts';

/** Changes that belong together, waiting to be written, and who waits for them. */
export interface Pending {
  readonly changes: readonly Change[];
  /** The version of the whole system section that the caller has seen; `undefined`: whatever is there. */
  readonly systemVersion?: string | undefined;
  /** A record among them was edited by hand after the change was asked for. */
  overtaken: boolean;
  resolve(document: Document): void;
  reject(error: unknown): void;
}

/** Runs one piece of work at a time; changes that wait meanwhile are committed together. */
export class CommitQueue {
  #waiting: Pending[] = [];
  #running: Promise<void> = Promise.resolve();
  #batchIsDue = false;
  readonly #commit: () => Promise<void>;

  /** @param commit takes what waits and settles it; it may not throw */
  constructor(commit: () => Promise<void>) {
    this.#commit = commit;
  }

  /** Resolves with the document that holds the changes, when they are on the disk. */
  add(changes: readonly Change[], systemVersion?: string): Promise<Document> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, systemVersion, overtaken: false, resolve, reject });
      if (this.#batchIsDue) return;
      this.#batchIsDue = true;
      void this.run(this.#commit);
    });
  }

  /** Does something while nothing is being committed. */
  run(work: () => Promise<void>): Promise<void> {
    const result = this.#running.then(work);
    this.#running = result.catch(() => undefined);
    return result;
  }

  /** Marks what waits for one of these records (`section/id`). */
  overtake(changed: ReadonlySet<string>): void {
    for (const pending of this.#waiting) {
      pending.overtaken ||= pending.changes.some(({ section, id }) => changed.has(`${section}/${id}`));
    }
  }

  /** Hands over what waits; what is added from now on is the next batch. */
  take(): readonly Pending[] {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#batchIsDue = false;
    return batch;
  }
}

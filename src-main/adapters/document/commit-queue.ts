import type { Document } from '../../contract/document.ts';
import type { Clock } from '../../core/ports.ts';
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

/** How long those who were answered just now are waited for, so that their next changes go with the others'. */
const GATHER_MS = 5;

/** Runs one piece of work at a time; changes that wait meanwhile are committed together. */
export class CommitQueue {
  #waiting: Pending[] = [];
  #running: Promise<void> = Promise.resolve();
  #batchIsDue = false;
  readonly #commit: () => Promise<void>;
  readonly #clock: Pick<Clock, 'after' | 'monotonicMs'>;
  #lastSize = 0;
  /** How many changes may come at once: those of the last batch again, with those that came meanwhile. */
  #expected = 1;
  #endedAtMs = Number.NEGATIVE_INFINITY;
  #gathered: (() => void) | null = null;

  /** @param commit takes what waits and settles it; it may not throw */
  constructor(commit: () => Promise<void>, clock: Pick<Clock, 'after' | 'monotonicMs'>) {
    this.#commit = commit;
    this.#clock = clock;
  }

  /** Resolves with the document that holds the changes, when they are on the disk. */
  add(changes: readonly Change[], systemVersion?: string): Promise<Document> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, systemVersion, overtaken: false, resolve, reject });
      if (this.#waiting.length >= this.#expected) this.#gathered?.();
      if (this.#batchIsDue) return;
      this.#batchIsDue = true;
      void this.run(() => this.#next());
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
    this.#lastSize = batch.length;
    return batch;
  }

  async #next(): Promise<void> {
    await this.#gather();
    await this.#commit();
    this.#expected = this.#lastSize + this.#waiting.length;
    this.#endedAtMs = this.#clock.monotonicMs();
  }

  /**
   * Several who change one thing after the other would else fall into two groups that write by turns, twice as often
   * as needed. Who is alone never waits.
   */
  async #gather(): Promise<void> {
    const isBurst = this.#clock.monotonicMs() - this.#endedAtMs < GATHER_MS;
    if (!isBurst || this.#expected < 2 || this.#waiting.length >= this.#expected) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(GATHER_MS, () => this.#gathered?.());
      this.#gathered = () => {
        cancel();
        this.#gathered = null;
        resolve();
      };
    });
  }
}

import type { AppLog, Clock } from '../../core/ports.ts';
import type { Backups } from './backups.ts';
import type { FileContent } from './read-file.ts';

/** Of a burst of changes one version a second is kept: each backup costs as much as the save itself. */
const APART_MS = 1000;

/**
 * Keeps versions of saved files aside, at most once in a while and beside the saves. It comes after the
 * acknowledgement: the file itself is safe already, this is against its loss.
 */
export class BackupTurns {
  readonly #backups: Backups;
  readonly #clock: Clock;
  readonly #log: AppLog;
  readonly #waiting = new Map<string, FileContent>();
  #lastMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(backups: Backups, clock: Clock, log: AppLog) {
    this.#backups = backups;
    this.#clock = clock;
    this.#log = log;
  }

  /** Keeps these contents when it is time: at once, or a second after the last ones. */
  later(files: readonly FileContent[]): void {
    this.#note(files);
    if (this.#waiting.size === 0 || this.#cancel !== null) return;
    const delayMs = this.#lastMs + APART_MS - this.#clock.monotonicMs();
    if (delayMs <= 0) void this.now([]);
    else this.#cancel = this.#clock.after(delayMs, () => void this.now([]));
  }

  /** Keeps these contents and all that wait; never throws. */
  now(files: readonly FileContent[]): Promise<void> {
    this.#note(files);
    this.#cancel?.();
    this.#cancel = null;
    this.#lastMs = this.#clock.monotonicMs();
    this.#running = this.#running.then(() => this.#keep());
    return this.#running;
  }

  #note(files: readonly FileContent[]): void {
    for (const file of files) if (!file.legacy && file.hash !== null) this.#waiting.set(file.path, file);
  }

  async #keep(): Promise<void> {
    const files = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { path, bytes, hash } of files) {
      await this.#backups.add(path, bytes, hash ?? '', this.#clock.now()).catch((error: unknown) => {
        this.#log.warn(`no backup of ${path} could be made: ${String(error)}`);
      });
    }
  }
}

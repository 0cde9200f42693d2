import { type FSWatcher, watch } from 'node:fs';
import type { AppLog, Clock } from '../../core/ports.ts';

/** Events of one save come in bursts. */
const SETTLE_MS = 60;
/** Some file systems send no events. */
const POLL_MS = 1000;

export interface WatchOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: AppLog;
  /** How often contents are compared even where nothing seems to have changed, in milliseconds. */
  thoroughEveryMs(): number;
  /** Called again only after it has resolved. */
  look(thorough: boolean): Promise<void>;
}

/** Looks at the configuration when its folder changes, every second, and thoroughly now and then. */
export class FileWatch {
  readonly #options: WatchOptions;
  #watcher: FSWatcher | null = null;
  #cancelPoll: () => void = () => undefined;
  #cancelSettle: () => void = () => undefined;
  #thoroughAtMs: number;
  #closed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#thoroughAtMs = options.clock.monotonicMs() + options.thoroughEveryMs();
    this.#watch();
    this.#poll();
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
    this.#cancelPoll();
    this.#cancelSettle();
  }

  /** Without events, polling alone keeps the promise; so a watch that fails is no error. */
  #watch(): void {
    try {
      this.#watcher = watch(this.#options.folder, { persistent: false }, () => this.#settle());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher = null;
    }
  }

  #settle(): void {
    if (this.#closed) return;
    this.#cancelSettle();
    this.#cancelSettle = this.#options.clock.after(SETTLE_MS, () => void this.#look(false));
  }

  #poll(): void {
    if (this.#closed) return;
    this.#cancelPoll = this.#options.clock.after(POLL_MS, () => {
      const now = this.#options.clock.monotonicMs();
      const thorough = now >= this.#thoroughAtMs;
      if (thorough) this.#thoroughAtMs = now + this.#options.thoroughEveryMs();
      void this.#look(thorough).then(() => this.#poll());
    });
  }

  async #look(thorough: boolean): Promise<void> {
    try {
      await this.#options.look(thorough);
    } catch (error) {
      this.#options.log.error(`the configuration could not be looked at: ${String(error)}`);
    }
  }
}

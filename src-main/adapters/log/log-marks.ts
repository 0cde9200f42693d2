import type { LogPosition } from '../../core/usage/log-position.ts';

/** What knows where a log's files end. */
interface Ends {
  readonly position: LogPosition;
}

interface Waiting {
  readonly chunk: number;
  resolve(position: LogPosition | null): void;
}

/** Who waits for lines to be with the operating system, and for the place behind them. */
export class LogMarks {
  #written = 0;
  #waiting: readonly Waiting[] = [];

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Waits for a chunk and all before it. @param chunk its number, 0 for none */
  at(chunk: number, ends: Ends): Promise<LogPosition | null> {
    if (chunk <= this.#written) return Promise.resolve(ends.position);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { chunk, resolve }];
    });
  }

  /** Tells that a chunk is written and the next one is not. */
  written(chunk: number, ends: Ends): void {
    this.#written = chunk;
    if (this.#waiting.length === 0) return;
    for (const waiting of this.#waiting) if (waiting.chunk <= chunk) waiting.resolve(ends.position);
    this.#waiting = this.#waiting.filter((waiting) => waiting.chunk > chunk);
  }

  /** Tells all who wait that the disk fails. */
  refused(): void {
    for (const { resolve } of this.#waiting) resolve(null);
    this.#waiting = [];
  }
}

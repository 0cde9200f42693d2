import type { UsageStatistics } from '../../core/control-ports.ts';

/** The usage counters of a running program, which is the only one that writes its usage folder. */
export interface UsageKeeping extends UsageStatistics {
  /** Takes what the hot path has counted; its listeners (`UsageCounting.onDrained`) have all of it when this returns. */
  collect(): void;
  /**
   * Brings everything that was counted to the disk, and keeps everyone from writing the folder while `work` reads it.
   * Counting goes on meanwhile.
   * @throws Error where the disk fails, or what `work` throws
   */
  freeze<T>(work: (folder: string) => Promise<T>): Promise<T>;
  /**
   * Puts another usage folder in this one's place, which is kept beside it under the name that is returned. From then on
   * the counters are those of that folder and what is counted from now on. The folder given is moved, not copied, so it
   * must be on the same disk: make it with `besideUsage`.
   * @throws Error where the disk fails; the counters are then as they were
   */
  replaceWith(folder: string): Promise<string>;
  /** A new empty private folder beside the usage folder, for `replaceWith`. Whoever asked for it removes it where it is not used. */
  besideUsage(): Promise<string>;
  /** Brings everything to the disk and ends. Never rejects. */
  close(): Promise<void>;
}

/** What a reader needs that writes nothing: the statistics of a data folder, whether or not a program runs on it. */
export interface ReadOnlyUsageOptions {
  readonly dataDir: string;
  /** An IANA name; left out, that of the computer. */
  readonly timeZone?: string | undefined;
  /** Every name and glob in any channel's `models` and `model_map`: see `configuredModels`. */
  readonly models: readonly string[];
  /** Hears what could not be read. */
  readonly onProblem: (message: string, fields: Readonly<Record<string, string | number>>) => void;
}

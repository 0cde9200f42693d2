import { readdir, readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { DelaySummary, ProcessReadings } from '../core/metrics/process-families.ts';
import type { Clock } from '../core/ports.ts';

type IntervalHistogram = ReturnType<typeof monitorEventLoopDelay>;

const RESOLUTION_MS = 20;
/** Percentiles are of the time since the last reading that is at least so old. */
const WINDOW_MS = 10_000;
const QUANTILES = [0.5, 0.9, 0.99, 1] as const;
const NS_PER_S = 1e9;
const RESOLUTION_S = RESOLUTION_MS / 1000;

/** Measures this process. */
export function processReadings(clock: Clock): ProcessReadings {
  const delay = new EventLoopDelay(clock);
  const startedAtMs = clock.now() - process.uptime() * 1000;
  return {
    async read() {
      const [openFiles, mostFiles] = await Promise.all([countOpenFiles(), readMostFiles()]);
      const { user, system } = process.cpuUsage();
      const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
      return {
        startedAtMs,
        cpuUserSeconds: user / 1e6,
        cpuSystemSeconds: system / 1e6,
        residentBytes: rss,
        heapTotalBytes: heapTotal,
        heapUsedBytes: heapUsed,
        externalBytes: external,
        openFiles,
        mostFiles,
        nodeVersion: process.version,
        eventLoopDelay: delay.read(),
      };
    },
  };
}

/** Only Linux tells. The folder itself is open while it is read. */
const countOpenFiles = (): Promise<number | null> =>
  readdir('/proc/self/fd').then(
    (names) => names.length - 1,
    () => null,
  );

/** How many files this process may have open; `null` where the system does not tell (only Linux does). */
export const readMostFiles = (): Promise<number | null> =>
  readFile('/proc/self/limits', 'utf8').then(
    (limits) => {
      const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
      return soft === undefined ? null : Number(soft);
    },
    () => null,
  );

/** Measures from the first reading on: it wakes the process up 50 times a second, which nobody should pay who does not look. */
class EventLoopDelay {
  readonly #clock: Clock;
  #histogram: IntervalHistogram | null = null;
  #windowMs = 0;
  /** Of the windows before. */
  #sumSeconds = 0;
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(): DelaySummary {
    const histogram = this.#begun();
    const sumSeconds = this.#sumSeconds + sumOf(histogram);
    const count = this.#count + histogram.count;
    const quantiles = QUANTILES.map((quantile) => [quantile, quantileOf(histogram, quantile)] as const);
    if (this.#clock.monotonicMs() - this.#windowMs >= WINDOW_MS) {
      this.#windowMs = this.#clock.monotonicMs();
      this.#sumSeconds = sumSeconds;
      this.#count = count;
      histogram.reset();
    }
    return { quantiles, sumSeconds, count };
  }

  #begun(): IntervalHistogram {
    if (this.#histogram !== null) return this.#histogram;
    this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#histogram.enable();
    this.#windowMs = this.#clock.monotonicMs();
    return this.#histogram;
  }
}

/** What is measured is from one firing of a timer to the next, so the interval that was asked for is taken off. */
const sumOf = ({ count, mean }: IntervalHistogram): number =>
  count === 0 ? 0 : Math.max(0, mean / NS_PER_S - RESOLUTION_S) * count;

const quantileOf = (histogram: IntervalHistogram, quantile: number): number =>
  histogram.count === 0
    ? Number.NaN
    : Math.max(0, histogram.percentile(quantile * 100) / NS_PER_S - RESOLUTION_S);

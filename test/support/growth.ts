/** Runs of which the fastest counts: what other programs and the collector took is in the others. */
const RUNS = 5;
/** Less than this is too short to be compared, in milliseconds of processor time. */
const LEAST_MS = 2;
const LARGER = 4;

function leastCpuMs(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/**
 * How many times as much processor time four times the input takes: 1 where time does not follow the length,
 * about 4 where it does, 16 where it follows the square. No machine is too slow for it.
 * @param workOf the work for an input of some size, all of it prepared
 */
export function growth(workOf: (size: number) => () => void, size: number): number {
  const [small, large] = [workOf(size), workOf(size * LARGER)];
  small();
  return leastCpuMs(large) / Math.max(LEAST_MS, leastCpuMs(small));
}

/** Between what follows the length and what follows its square. */
export const LINEAR = 10;

/** The middle of a set of numbers, in their unit; `NaN` where there are none. */
export function median(values: readonly number[]): number {
  return percentile(sortedCopy(values), 50);
}

/** A copy in ascending order, as `percentile` wants it. */
export function sortedCopy(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The value below which `percent` (0…100) of the ascending values lie, interpolated; `NaN` where there are none. */
export function percentile(ascending: ArrayLike<number>, percent: number): number {
  if (ascending.length === 0) return Number.NaN;
  const position = ((ascending.length - 1) * percent) / 100;
  const below = ascending[Math.floor(position)] ?? Number.NaN;
  const above = ascending[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** What a table says about many measurements of one thing, in their unit. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Sorts a copy and reads the spread from it. */
export function spreadOf(values: Iterable<number>): Spread {
  const ascending = sortedCopy(values);
  return {
    count: ascending.length,
    p50: percentile(ascending, 50),
    p99: percentile(ascending, 99),
    max: percentile(ascending, 100),
  };
}

/** The median of one member over several rounds. */
export function medianOf<T>(rounds: readonly T[], member: (round: T) => number): number {
  return median(rounds.map(member));
}

/** The median of the ratios of two contenders round by round, so that what slowed one round slows both. */
export function pairedRatio(of: readonly number[], to: readonly number[]): number {
  const ratios = of.slice(0, to.length).map((value, round) => value / (to[round] ?? Number.NaN));
  return median(ratios);
}

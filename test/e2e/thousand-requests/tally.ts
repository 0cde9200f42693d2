/** What is summed up in each place that counts requests. */
export interface Counted {
  readonly user: string | null;
  readonly channel: string | null;
  readonly outcome: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly tokensReasoning: number;
}

/** Sums of one group of requests. */
export interface Sums {
  requests: number;
  bytesIn: number;
  bytesOut: number;
  tokensIn: number;
  tokensOut: number;
  tokensCached: number;
  tokensReasoning: number;
}

const NOTHING: Sums = {
  requests: 0,
  bytesIn: 0,
  bytesOut: 0,
  tokensIn: 0,
  tokensOut: 0,
  tokensCached: 0,
  tokensReasoning: 0,
};

function add(sums: Sums, one: Counted): Sums {
  return {
    requests: sums.requests + 1,
    bytesIn: sums.bytesIn + one.bytesIn,
    bytesOut: sums.bytesOut + one.bytesOut,
    tokensIn: sums.tokensIn + one.tokensIn,
    tokensOut: sums.tokensOut + one.tokensOut,
    tokensCached: sums.tokensCached + one.tokensCached,
    tokensReasoning: sums.tokensReasoning + one.tokensReasoning,
  };
}

/** Sums by one member: `{ 'user-1': {…}, none: {…} }`. */
export function tally(
  counted: readonly Counted[],
  by: 'user' | 'channel' | 'outcome',
): Readonly<Record<string, Sums>> {
  const groups: Record<string, Sums> = {};
  for (const one of counted) {
    const group = one[by] ?? 'none';
    groups[group] = add(groups[group] ?? NOTHING, one);
  }
  return groups;
}

/** Sums of everything. */
export function total(counted: readonly Counted[]): Sums {
  return counted.reduce(add, NOTHING);
}

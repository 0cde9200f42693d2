import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { Dimension } from '../../../src-main/contract/statistics.ts';
import { addressOf, type UsageAddress } from './usage-address.ts';

/** The members of the address that have one value. */
type Single = Exclude<keyof UsageAddress, 'filters'>;

export interface UsageState {
  readonly address: UsageAddress;
  /** Sets some members; `''` takes one away. */
  readonly change: (changed: Readonly<Partial<Record<Single, string>>>) => void;
  readonly setFilter: (dimension: Dimension, values: readonly string[]) => void;
  readonly clearFilters: () => void;
}

/** What is shown, as the address says it. */
export function useUsageAddress(): UsageState {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    const edit = (make: (next: URLSearchParams) => void): void =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          make(next);
          return next;
        },
        { replace: true },
      );
    const address = addressOf(params);
    return {
      address,
      change: (changed) =>
        edit((next) => {
          for (const [name, value] of Object.entries(changed)) {
            if (value === '') next.delete(name);
            else next.set(name, value);
          }
        }),
      setFilter: (dimension, values) =>
        edit((next) => {
          next.delete(dimension);
          for (const value of values) next.append(dimension, value);
        }),
      clearFilters: () =>
        edit((next) => {
          for (const dimension of Object.keys(address.filters)) next.delete(dimension);
        }),
    };
  }, [params, setParams]);
}

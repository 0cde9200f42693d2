import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** Members of the address's query: what a screen shows stands in its address, so that it can be kept and shared. */
export interface UrlState<K extends string> {
  /** `''` where it is not set. */
  readonly values: Readonly<Record<K, string>>;
  /**
   * Sets some of them, and leaves the others; `''` takes one away. A change of a filter is no step back.
   * @param isStep what opens something is one, which closes it again
   */
  readonly change: (changed: Readonly<Partial<Record<K | 'page', string>>>, isStep?: boolean) => void;
}

/** The members of these names. */
export function useUrlState<const K extends string>(names: readonly K[]): UrlState<K> {
  const [params, setParams] = useSearchParams();
  const joined = names.join('\n');
  const values = useMemo(() => {
    const entries = joined.split('\n').map((name) => [name, params.get(name) ?? '']);
    // Made of exactly these names.
    return Object.fromEntries(entries) as Record<K, string>;
  }, [joined, params]);
  const change = useCallback(
    (changed: Readonly<Partial<Record<string, string>>>, isStep = false) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          // Another filter begins at the first page.
          if (!('page' in changed)) next.delete('page');
          return next;
        },
        { replace: !isStep },
      ),
    [setParams],
  );
  return { values, change };
}

import { useMemo, useState } from 'react';

/** Which of the shown records are chosen. */
export interface Selection<T> {
  readonly chosen: readonly T[];
  readonly isAll: boolean;
  readonly has: (one: T) => boolean;
  readonly toggle: (one: T) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** Chooses among the records of a page; those that are no longer shown are no longer chosen. */
export function useSelection<T extends { readonly id: string }>(shown: readonly T[]): Selection<T> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  // The same one for the same choice: long tables are drawn anew only where it changes.
  return useMemo(() => {
    const chosen = shown.filter(({ id }) => ids.has(id));
    const isAll = shown.length > 0 && chosen.length === shown.length;
    return {
      chosen,
      isAll,
      has: ({ id }: T) => ids.has(id),
      toggle: ({ id }: T) =>
        setIds(
          (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
        ),
      toggleAll: () => setIds(new Set(isAll ? [] : shown.map(({ id }) => id))),
      clear: () => setIds(new Set()),
    };
  }, [shown, ids]);
}

import { useState } from 'react';
import { useForget } from '../api/record-queries.ts';
import type { RecordOf } from '../api/records.ts';
import { useFailureText } from './failure-note.tsx';
import { notifyDone, notifyFailed, notifyUndoable } from './notify.tsx';
import { titleOf } from './record-title.ts';
import { useCommonTexts } from './strings.ts';

/** The resources of which many can be changed at once. */
type BulkResource = 'users' | 'proxy-keys';

/** How far a change of several records has come. */
export interface BulkProgress {
  readonly done: number;
  readonly count: number;
}

/** What is done to many records in one request. */
export type Deed<Patch> = { readonly set: Patch } | { readonly delete: true };

/** As many as the server changes at once; deletions take longer. */
const MOST_CHANGED = 500;
const MOST_DELETED = 100;

interface Wiring<R extends BulkResource, Patch> {
  readonly resource: R;
  /** @throws ApiFailure */
  readonly send: (
    ids: readonly string[],
    deed: Deed<Patch>,
  ) => Promise<{ readonly missing: readonly string[] }>;
  readonly texts: {
    readonly isGone: string;
    readonly partlyFailed: (count: number) => string;
    readonly counted: (count: number) => string;
  };
}

/** Records in parts of at most so many for which the same is done. */
function partsOf<T, Patch>(records: readonly T[], deedOf: (record: T) => Deed<Patch>) {
  const alike = Map.groupBy(records, (record) => JSON.stringify(deedOf(record)));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const deed = deedOf(first);
    const most = 'delete' in deed ? MOST_DELETED : MOST_CHANGED;
    const starts = Array.from({ length: Math.ceil(some.length / most) }, (_, at) => at * most);
    return starts.map((start) => ({ deed, records: some.slice(start, start + most) }));
  });
}

/** Changes or deletes any number of records, many in one request. Those that are gone meanwhile are told apart. */
export function useBulk<R extends BulkResource, Patch>({ resource, send, texts }: Wiring<R, Patch>) {
  type T = RecordOf<R>;
  const common = useCommonTexts();
  const forget = useForget();
  const failureText = useFailureText();
  const [progress, setProgress] = useState<BulkProgress | null>(null);

  const act = async (records: readonly T[], deedOf: (record: T) => Deed<Patch>): Promise<readonly T[]> => {
    const changed: T[] = [];
    const reasons: string[] = [];
    let done = 0;
    for (const part of partsOf(records, deedOf)) {
      setProgress({ done, count: records.length });
      try {
        const ids = part.records.map(({ id }) => id);
        const { missing } = await send(ids, part.deed);
        const gone = new Set(missing);
        changed.push(...part.records.filter(({ id }) => !gone.has(id)));
        for (const record of part.records)
          if (gone.has(record.id)) reasons.push(`${titleOf(record)}: ${texts.isGone}`);
      } catch (error) {
        for (const record of part.records) reasons.push(`${titleOf(record)}: ${failureText(error)}`);
      }
      done += part.records.length;
    }
    setProgress(null);
    await forget(resource);
    const [reason] = reasons;
    if (reason !== undefined) notifyFailed(texts.partlyFailed(reasons.length), reason);
    return changed;
  };

  const change = (records: readonly T[], patchOf: (record: T) => Patch): Promise<readonly T[]> =>
    act(records, (record) => ({ set: patchOf(record) }));

  /** "Ada", or "3 users". */
  const namesOf = (records: readonly T[]): string => {
    const [only] = records;
    return records.length === 1 && only !== undefined ? titleOf(only) : texts.counted(records.length);
  };

  return {
    /** `null` while nothing is changed. */
    progress,
    change,
    /** @returns how many were deleted */
    remove: async (records: readonly T[]): Promise<number> =>
      (await act(records, () => ({ delete: true }))).length,
    /** Says what was changed, with the way back. @param textOf of the names of those that were changed */
    tell(changed: readonly T[], textOf: (name: string) => string, before: (record: T) => Patch): void {
      if (changed.length === 0) return;
      const undo = async (): Promise<void> => {
        const back = await change(changed, before);
        if (back.length > 0) notifyDone(common('undone'));
      };
      notifyUndoable(textOf(namesOf(changed)), { label: common('undo'), run: () => void undo() });
    },
  };
}

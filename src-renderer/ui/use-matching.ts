import { useState } from 'react';
import { type ListQuestion, listRecords, type RecordOf, type Resource } from '../api/records.ts';

/** As many as the server gives at once. */
const PER_PAGE = 500;

async function allThatMatch<R extends Resource>(
  resource: R,
  question: ListQuestion,
): Promise<readonly RecordOf<R>[]> {
  const found: RecordOf<R>[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await listRecords(resource, {
      ...question,
      sort: 'id',
      page,
      per_page: PER_PAGE,
    });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

/** All records that fit a question, on every page; `null` where they were not asked for. */
export interface Matching<T> {
  readonly records: readonly T[] | null;
  readonly isBusy: boolean;
  readonly take: () => Promise<void>;
  readonly clear: () => void;
}

/** All records that fit a question, read when they are asked for. @param question without page and order */
export function useMatching<R extends Resource>(resource: R, question: ListQuestion): Matching<RecordOf<R>> {
  const [taken, setTaken] = useState<{
    readonly name: string;
    readonly records: readonly RecordOf<R>[];
  } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Another question has other records.
  const name = JSON.stringify(question);
  return {
    records: taken?.name === name ? taken.records : null,
    isBusy,
    take: async () => {
      setIsBusy(true);
      try {
        setTaken({ name, records: await allThatMatch(resource, question) });
      } finally {
        setIsBusy(false);
      }
    },
    clear: () => setTaken(null),
  };
}

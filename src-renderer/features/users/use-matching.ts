import { useState } from 'react';
import { type ListQuestion, listRecords, type RecordOf } from '../../api/records.ts';

type User = RecordOf<'users'>;

/** As many as the server gives at once. */
const PER_PAGE = 500;

async function allThatMatch(question: ListQuestion): Promise<readonly User[]> {
  const found: User[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await listRecords('users', {
      ...question,
      sort: 'id',
      page,
      per_page: PER_PAGE,
    });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

/** All users that fit a question, on every page; read when they are asked for. @param question without page and order */
export function useMatching(question: ListQuestion) {
  const [taken, setTaken] = useState<{ readonly name: string; readonly users: readonly User[] } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // Another question has other users.
  const name = JSON.stringify(question);
  return {
    /** `null` where they were not asked for. */
    users: taken?.name === name ? taken.users : null,
    isBusy,
    take: async () => {
      setIsBusy(true);
      try {
        setTaken({ name, users: await allThatMatch(question) });
      } finally {
        setIsBusy(false);
      }
    },
    clear: () => setTaken(null),
  };
}

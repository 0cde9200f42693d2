import { useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { useForget } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed, notifyUndoable } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';

type User = RecordOf<'users'>;

/** How far a change of several users has come. */
export interface BulkProgress {
  readonly done: number;
  readonly count: number;
}

/** What a change sets: `null` takes a member away. */
interface Patch {
  readonly status?: 'active' | 'disabled';
  readonly group?: string | null;
}

/** As many as the server changes at once; deletions take longer. */
const MOST_CHANGED = 500;
const MOST_DELETED = 100;

/** What is done to many users in one request. */
type Deed = { readonly set: Patch } | { readonly delete: true };

/** Users in parts of at most so many for whom the same is done. */
function partsOf(users: readonly User[], deedOf: (user: User) => Deed) {
  const alike = Map.groupBy(users, (user) => JSON.stringify(deedOf(user)));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const deed = deedOf(first);
    const most = 'delete' in deed ? MOST_DELETED : MOST_CHANGED;
    const starts = Array.from({ length: Math.ceil(some.length / most) }, (_, at) => at * most);
    return starts.map((start) => ({ deed, users: some.slice(start, start + most) }));
  });
}

/** Changes or deletes any number of users, many in one request. Those who are gone meanwhile are told apart. */
export function useBulkChange() {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const forget = useForget();
  const failureText = useFailureText();
  const [progress, setProgress] = useState<BulkProgress | null>(null);

  const act = async (users: readonly User[], deedOf: (user: User) => Deed): Promise<readonly User[]> => {
    const changed: User[] = [];
    const reasons: string[] = [];
    let done = 0;
    for (const part of partsOf(users, deedOf)) {
      setProgress({ done, count: users.length });
      try {
        const json = { ...part.deed, ids: part.users.map(({ id }) => id) };
        const { missing } = await answer(admin.users.bulk.$post({ json }));
        const gone = new Set(missing);
        changed.push(...part.users.filter(({ id }) => !gone.has(id)));
        for (const user of part.users)
          if (gone.has(user.id)) reasons.push(`${titleOf(user)}: ${t('isGone')}`);
      } catch (error) {
        for (const user of part.users) reasons.push(`${titleOf(user)}: ${failureText(error)}`);
      }
      done += part.users.length;
    }
    setProgress(null);
    await forget('users');
    const [reason] = reasons;
    if (reason !== undefined) notifyFailed(t('partlyFailed', { count: reasons.length }), reason);
    return changed;
  };
  const change = (users: readonly User[], patchOf: (user: User) => Patch) =>
    act(users, (user) => ({ set: patchOf(user) }));

  /** "Ada", or "3 users". */
  const namesOf = (users: readonly User[]): string => {
    const [only] = users;
    return users.length === 1 && only !== undefined
      ? titleOf(only)
      : t('countedUsers', { count: users.length });
  };
  const undoable = (changed: readonly User[], text: string, before: (user: User) => Patch): void => {
    if (changed.length === 0) return;
    const undo = async (): Promise<void> => {
      const back = await change(changed, before);
      if (back.length > 0) notifyDone(common('undone'));
    };
    notifyUndoable(text, { label: common('undo'), run: () => void undo() });
  };

  return {
    /** `null` while nothing is changed. */
    progress,
    /** Enables or disables; what was so already is left alone. */
    async setStatus(users: readonly User[], status: 'active' | 'disabled'): Promise<void> {
      const others = users.filter((user) => (user.status ?? 'active') !== status);
      const changed = await change(others, () => ({ status }));
      const text = t(status === 'active' ? 'enabled' : 'disabled', { name: namesOf(changed) });
      undoable(changed, text, (user) => ({ status: user.status ?? 'active' }));
    },
    /** Their Proxy-Keys go along. */
    async remove(users: readonly User[]): Promise<void> {
      const { length: count } = await act(users, () => ({ delete: true }));
      if (count > 0) notifyDone(t('deletedSome', { count }));
    },
    /** @param group `''` for none */
    async setGroup(users: readonly User[], group: string): Promise<void> {
      const others = users.filter((user) => (user.group ?? '') !== group);
      const changed = await change(others, () => ({ group: group === '' ? null : group }));
      undoable(changed, t('grouped', { name: namesOf(changed) }), (user) => ({ group: user.group ?? null }));
    },
  };
}

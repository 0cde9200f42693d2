import { useState } from 'react';
import { useForget } from '../../api/record-queries.ts';
import { patchRecord, type RecordOf } from '../../api/records.ts';
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
type Patch = Readonly<Partial<Record<'status' | 'group', string | null>>>;

/** Changes several users, one after the other: each is a record of its own, and each is refused on its own. */
export function useBulkChange() {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const forget = useForget();
  const failureText = useFailureText();
  const [progress, setProgress] = useState<BulkProgress | null>(null);

  const change = async (users: readonly User[], patchOf: (user: User) => Patch): Promise<readonly User[]> => {
    const changed: User[] = [];
    const reasons: string[] = [];
    for (const [done, user] of users.entries()) {
      setProgress({ done, count: users.length });
      try {
        await patchRecord('users', user.id, patchOf(user), null);
        changed.push(user);
      } catch (error) {
        reasons.push(`${titleOf(user)}: ${failureText(error)}`);
      }
    }
    setProgress(null);
    await forget('users');
    const [reason] = reasons;
    if (reason !== undefined) notifyFailed(t('partlyFailed', { count: reasons.length }), reason);
    return changed;
  };

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
    /** @param group `''` for none */
    async setGroup(users: readonly User[], group: string): Promise<void> {
      const others = users.filter((user) => (user.group ?? '') !== group);
      const changed = await change(others, () => ({ group: group === '' ? null : group }));
      undoable(changed, t('grouped', { name: namesOf(changed) }), (user) => ({ group: user.group ?? null }));
    },
  };
}

import { admin, answer } from '../../api/client.ts';
import type { RecordOf } from '../../api/records.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { useBulk } from '../../ui/use-bulk.ts';
import { useUsersTexts } from './strings.ts';

type User = RecordOf<'users'>;

/** What a change sets: `null` takes a member away. */
interface Patch {
  readonly status?: 'active' | 'disabled';
  readonly group?: string | null;
}

/** Changes or deletes any number of users, many in one request. Those who are gone meanwhile are told apart. */
export function useBulkChange() {
  const t = useUsersTexts();
  const { progress, change, remove, tell } = useBulk<'users', Patch>({
    resource: 'users',
    send: (ids, deed) => answer(admin.users.bulk.$post({ json: { ...deed, ids: [...ids] } })),
    texts: {
      isGone: t('isGone'),
      partlyFailed: (count) => t('partlyFailed', { count }),
      counted: (count) => t('countedUsers', { count }),
    },
  });
  return {
    /** `null` while nothing is changed. */
    progress,
    /** Enables or disables; what was so already is left alone. */
    async setStatus(users: readonly User[], status: 'active' | 'disabled'): Promise<void> {
      const others = users.filter((user) => (user.status ?? 'active') !== status);
      const changed = await change(others, () => ({ status }));
      const text = status === 'active' ? 'enabled' : 'disabled';
      tell(
        changed,
        (name) => t(text, { name }),
        (user) => ({ status: user.status ?? 'active' }),
      );
    },
    /** Their Proxy-Keys go along. */
    async remove(users: readonly User[]): Promise<void> {
      const count = await remove(users);
      if (count > 0) notifyDone(t('deletedSome', { count }));
    },
    /** @param group `''` for none */
    async setGroup(users: readonly User[], group: string): Promise<void> {
      const others = users.filter((user) => (user.group ?? '') !== group);
      const changed = await change(others, () => ({ group: group === '' ? null : group }));
      tell(
        changed,
        (name) => t('grouped', { name }),
        (user) => ({ group: user.group ?? null }),
      );
    },
  };
}

import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWriteRecord } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { MadeKey } from '../../ui/made-key.tsx';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useFormTexts } from './form-strings.ts';
import { KeyWishField, keyOf, NO_KEY } from './key-wish.tsx';
import { UserDrawer } from './user-drawer.tsx';

/** Makes a user, with a Proxy-Key where that is wished for; it is shown in full this once. */
export function NewUser({ onClose }: { readonly onClose: () => void }) {
  const t = useFormTexts();
  const [, navigate] = useLocation();
  const [wish, setWish] = useState(NO_KEY);
  const [made, setMade] = useState<RecordOf<'proxy-keys'> | null>(null);
  const write = useWriteRecord('proxy-keys');
  const failureText = useFailureText();
  // A step back leads to the list, not into the form again.
  const show = (user: string): void => navigate(`/users/${encodeURIComponent(user)}`, { replace: true });

  const saved = async (user: RecordOf<'users'>): Promise<void> => {
    notifyDone(t('createdUser', { name: titleOf(user) }));
    if (!wish.isWanted) return show(user.id);
    try {
      setMade((await write.mutateAsync({ id: null, record: keyOf(user.id, wish) })).record);
    } catch (error) {
      notifyFailed(t('keyFailed'), failureText(error));
      show(user.id);
    }
  };
  if (made !== null) {
    return <MadeKey id={made.id} secret={made.key} title="made" onClose={() => show(made.user)} />;
  }
  return (
    <UserDrawer
      stored={null}
      more={<KeyWishField value={wish} onChange={setWish} />}
      onSaved={({ record }) => void saved(record)}
      onClose={onClose}
      onReload={onClose}
    />
  );
}

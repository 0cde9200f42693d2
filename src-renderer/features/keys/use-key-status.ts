import { useWriteRecord } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed, notifyUndoable } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useKeysTexts } from './strings.ts';

type Status = 'active' | 'disabled';

/** Disables a Proxy-Key, or enables it again; the message has a button that takes it back. */
export function useKeyStatus({ id, ...record }: RecordOf<'proxy-keys'>) {
  const t = useKeysTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const { mutateAsync, isPending } = useWriteRecord('proxy-keys');
  const name = titleOf({ id, name: record.name });

  // Only the status is sent, so whatever else was changed meanwhile stays.
  const set = async (status: Status): Promise<boolean> => {
    try {
      await mutateAsync({ id, patch: { status }, etag: null });
      return true;
    } catch (error) {
      notifyFailed(common('failed'), failureText(error));
      return false;
    }
  };
  const undo = async (status: Status): Promise<void> => {
    if (await set(status)) notifyDone(common('undone'));
  };
  const change = async (status: Status): Promise<void> => {
    if (!(await set(status))) return;
    const message = t(status === 'disabled' ? 'disabledNow' : 'enabledNow', { name });
    const before = status === 'disabled' ? 'active' : 'disabled';
    notifyUndoable(message, { label: common('undo'), run: () => void undo(before) });
  };
  return { change, isBusy: isPending };
}

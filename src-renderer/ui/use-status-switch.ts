import { useWriteRecord } from '../api/record-queries.ts';
import { useFailureText } from './failure-note.tsx';
import { notifyDone, notifyFailed, notifyUndoable } from './notify.tsx';
import { titleOf } from './record-title.ts';
import { useCommonTexts } from './strings.ts';

type Status = 'active' | 'disabled';

interface Switched {
  readonly id: string;
  readonly name?: string | undefined;
  readonly status?: Status | undefined;
}

/**
 * Disables a record that is in use, or the other way round; the message has a button that takes it back.
 * @param done what it says afterwards, by the new status
 */
export function useStatusSwitch(
  resource: 'channels' | 'proxy-keys',
  done: (status: Status, name: string) => string,
) {
  const t = useCommonTexts();
  const failureText = useFailureText();
  const { mutateAsync, isPending } = useWriteRecord(resource);

  // Only the status is sent, so whatever else was changed meanwhile stays.
  const put = async (id: string, status: Status): Promise<boolean> => {
    try {
      await mutateAsync({ id, patch: { status }, etag: null });
      return true;
    } catch (error) {
      notifyFailed(t('failed'), failureText(error));
      return false;
    }
  };
  const undo = async (id: string, status: Status): Promise<void> => {
    if (await put(id, status)) notifyDone(t('undone'));
  };
  const change = async (record: Switched): Promise<void> => {
    const { id, status = 'active' } = record;
    const next = status === 'active' ? 'disabled' : 'active';
    if (!(await put(id, next))) return;
    const back = { label: t('undo'), run: () => void undo(id, status) };
    notifyUndoable(done(next, titleOf(record)), back);
  };
  return { change, isBusy: isPending };
}

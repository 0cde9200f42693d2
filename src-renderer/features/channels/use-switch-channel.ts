import { useWriteRecord } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyFailed, notifyUndoable } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useChannelTexts } from './strings.ts';

/** Disables a channel that is in use, or the other way round, with a way back. */
export function useSwitchChannel(): (channel: RecordOf<'channels'>) => Promise<void> {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const { mutateAsync } = useWriteRecord('channels');
  const put = async (id: string, status: 'active' | 'disabled'): Promise<boolean> => {
    try {
      // Whatever else somebody changed stays: it is the status alone that is written.
      await mutateAsync({ id, patch: { status }, etag: null });
      return true;
    } catch (error) {
      notifyFailed(common('failed'), failureText(error));
      return false;
    }
  };
  return async (channel) => {
    const { id, status = 'active' } = channel;
    const next = status === 'active' ? 'disabled' : 'active';
    if (!(await put(id, next))) return;
    const message = t(next === 'disabled' ? 'wasDisabled' : 'wasEnabled', { name: titleOf(channel) });
    notifyUndoable(message, { label: common('undo'), run: () => void put(id, status) });
  };
}

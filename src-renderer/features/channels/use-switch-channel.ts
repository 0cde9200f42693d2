import type { RecordOf } from '../../api/records.ts';
import { useStatusSwitch } from '../../ui/use-status-switch.ts';
import { useChannelTexts } from './strings.ts';

/** Disables a channel that is in use, or the other way round, with a way back. */
export function useSwitchChannel(): (channel: RecordOf<'channels'>) => Promise<void> {
  const t = useChannelTexts();
  return useStatusSwitch('channels', (status, name) =>
    t(status === 'disabled' ? 'wasDisabled' : 'wasEnabled', { name }),
  ).change;
}

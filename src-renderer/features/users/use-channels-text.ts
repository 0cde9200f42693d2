import { useUsersTexts } from './strings.ts';
import type { ChannelAccess } from './user-form.ts';

/** Says in a word or two which channels a user or group may use. */
export function useChannelsText(): (channels: ChannelAccess) => string {
  const t = useUsersTexts();
  return (channels) => {
    if (channels === '*') return t('allChannels');
    return channels === undefined || channels.length === 0
      ? t('noChannels')
      : t('someChannels', { count: channels.length });
  };
}

import { useFormTexts } from './form-strings.ts';
import type { ChannelFacts } from './use-channel-facts.ts';
import { usePermittedChannels } from './use-permitted-channels.ts';

/** What keeps a channel from serving the keys of a user; `null`: nothing that is known. @param user an id, or `''` */
export function useChannelWarning(user: string, { byId }: ChannelFacts): (id: string) => string | null {
  const t = useFormTexts();
  const permitted = usePermittedChannels(user);
  return (id) => {
    if (permitted !== null && !permitted.includes(id)) return t('notPermitted');
    return byId.get(id)?.status === 'disabled' ? t('isDisabled') : null;
  };
}

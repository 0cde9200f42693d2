import { type UseFormReturnType, useForm } from '@mantine/form';
import { Channel } from '../../../src-main/contract/document.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { type ChannelValues, membersOf } from './channel-values.ts';
import { useChannelFormTexts } from './form-strings.ts';
import { keyMembers, maskedKeys } from './key-rows.ts';
import type { PlatformFacts } from './platform-facts.ts';

/** The form of a channel. Errors stand at the paths of the record, as the server tells them. */
export type ChannelFormState = UseFormReturnType<ChannelValues>;

/** A form that checks what was entered as the server does. @param platform of the channel, where it is known */
export function useChannelForm(
  initial: ChannelValues,
  platform: PlatformFacts | undefined,
): ChannelFormState {
  const t = useChannelFormTexts();
  const check = useContractRules(Channel);
  return useForm<ChannelValues>({
    initialValues: initial,
    validate: (values) => {
      const members = membersOf(values);
      const isAddressMissing = members.base_url === undefined && platform?.base_url === null;
      return {
        // Keys that stay are checked by their masks, which are as good as any text here.
        ...check({ ...members, ...keyMembers(maskedKeys(values.keys)) }),
        ...(isAddressMissing ? { base_url: t('baseUrlNeeded') } : {}),
      };
    },
  });
}

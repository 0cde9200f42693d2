import { useMutation } from '@tanstack/react-query';
import { Channel } from '../../../src-main/contract/document.ts';
import { admin, answer } from '../../api/client.ts';
import { usePlatforms } from '../../api/program-queries.ts';
import { useForget } from '../../api/record-queries.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { useUnsaved } from '../../ui/unsaved.ts';
import { useRecordForm } from '../../ui/use-record-form.ts';
import { useWelcomeTexts } from './strings.ts';

/** What the step asks for; everything else can be set later. */
export interface ChannelStepValues {
  readonly platform: string;
  readonly api_key: string;
  readonly base_url: string;
}

/** Whoever writes this computer's own address wants it to be reached; other private ones are allowed in Channels. */
const isOwnComputer = (url: string): boolean =>
  /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/i.test(url.trim());

/** The channel that values describe. @param label of the platform, which becomes its name */
function channelOf({ platform, api_key, base_url }: ChannelStepValues, label: string) {
  return {
    name: label,
    platform,
    ...(api_key.trim() === '' ? {} : { api_key: api_key.trim() }),
    ...(base_url.trim() === '' ? {} : { base_url: base_url.trim() }),
    ...(isOwnComputer(base_url) ? { allow_private: true } : {}),
  };
}

/** The form of the first channel: tested at the platform before it is saved. */
export function useChannelStep(onSaved: () => void) {
  const t = useWelcomeTexts();
  const platforms = usePlatforms().data ?? [];
  const failureText = useFailureText();
  const labelOf = (id: string): string => platforms.find((one) => one.id === id)?.label ?? id;
  const recordOf = (values: ChannelStepValues) => channelOf(values, labelOf(values.platform));
  const { form, submit, refusal, isBusy } = useRecordForm({
    resource: 'channels',
    stored: null,
    initialValues: { platform: 'openai', api_key: '', base_url: '' },
    recordOf,
    check: useContractRules(Channel),
    fields: ['platform', 'api_key', 'base_url'],
    onSaved: () => {
      notifyDone(t('channelSaved'));
      onSaved();
    },
  });
  useUnsaved(form.isDirty());
  const test = useMutation({
    mutationFn: (values: ChannelStepValues) =>
      answer(admin.channels.test.$post({ json: { channel: recordOf(values) } })),
    onSuccess: ({ ok }) => {
      if (ok) submit();
    },
  });
  const refused = test.data?.ok === false ? test.data.message : null;
  return {
    form,
    platforms,
    platform: platforms.find(({ id }) => id === form.values.platform),
    /** Tests, and saves what the platform accepts. */
    testAndSave: form.onSubmit((values) => test.mutate(values)),
    saveAnyway: () => submit(),
    /** What the platform said against it; `null` where nothing was said. */
    refused: test.isError ? failureText(test.error) : refused,
    refusal,
    isBusy: isBusy || test.isPending,
  };
}

/** Starts the demo. */
export function useDemoStart(onStarted: () => void) {
  const forget = useForget();
  return useMutation({
    mutationFn: () => answer(admin.demo.$post()),
    onSuccess: async () => {
      await forget('channels');
      onStarted();
    },
  });
}

import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ApiFailure } from '../../api/failure.ts';
import { Ask } from '../../ui/ask.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUnsaved } from '../../ui/unsaved.ts';
import { useCentralTexts } from './central-strings.ts';
import { placedIssues } from './form-paths.ts';
import { type CentralEntry, type CentralState, useConnect } from './use-central.ts';

interface CentralFormProps {
  readonly state: CentralState;
  /** The address that a link brought; `''` for none. */
  readonly offered: string;
}

/** What the server refused, at the fields or above them. */
function useRefusal(setErrors: (errors: Record<string, string>) => void) {
  const failureText = useFailureText();
  const [refusal, setRefusal] = useState<string | null>(null);
  const refuse = (error: unknown): void => {
    const issues = error instanceof ApiFailure ? error.issues : [];
    const { errors, elsewhere } = placedIssues(issues, ['base_url', 'proxy_key']);
    setErrors(errors);
    if (issues.length === 0) setRefusal(failureText(error));
    else setRefusal(elsewhere.map(({ message }) => message).join('\n') || null);
  };
  return { refusal, refuse, forget: () => setRefusal(null) };
}

/** The form itself, and what a press on its buttons does. */
function useCentralForm({ state, offered }: CentralFormProps) {
  const t = useCentralTexts();
  const required = useCommonTexts()('requiredField');
  const connect = useConnect();
  // A failed test may be passed over; a refused address or a missing key may not.
  const [isTested, setIsTested] = useState(false);
  const stored = state.base_url ?? '';
  const form = useForm<CentralEntry>({
    initialValues: { base_url: offered || stored, proxy_key: '' },
    validate: {
      base_url: (value) => (value.trim() === '' ? required : null),
      proxy_key: (value, { base_url }) =>
        value === '' && (state.proxy_key === null || base_url.trim() !== stored) ? required : null,
    },
  });
  useUnsaved(form.isDirty());
  const { refusal, refuse, forget } = useRefusal(form.setErrors);
  const send = async (force: boolean): Promise<void> => {
    const { base_url, proxy_key } = form.getValues();
    forget();
    setIsTested(false);
    try {
      await connect.mutateAsync({ entry: { base_url: base_url.trim(), proxy_key: proxy_key.trim() }, force });
      const saved = { base_url: base_url.trim(), proxy_key: '' };
      form.setValues(saved);
      form.resetDirty(saved);
      notifyDone(t('done', { address: base_url.trim() }));
    } catch (error) {
      setIsTested(!force && error instanceof ApiFailure && error.status === 422);
      refuse(error);
    }
  };
  return { form, send, refusal, canForce: isTested, isBusy: connect.isPending, stored };
}

/** Address and Proxy-Key of a central key service, tried out before they are stored. */
export function CentralForm(props: CentralFormProps) {
  const t = useCentralTexts();
  const [isAsking, setIsAsking] = useState(false);
  const { form, send, refusal, canForce, isBusy, stored } = useCentralForm(props);
  const { state, offered } = props;
  const keepsKey = state.proxy_key !== null && form.getValues().base_url.trim() === stored;
  const force = (): void => {
    setIsAsking(false);
    void send(true);
  };
  return (
    <form onSubmit={form.onSubmit(() => send(false))} noValidate>
      <Stack>
        {offered !== '' && offered !== stored && (
          <Alert color="orange" variant="light">
            {t('fromLink')}
          </Alert>
        )}
        <TextInput
          type="url"
          label={t('address')}
          description={t('addressHint')}
          required
          {...form.getInputProps('base_url')}
        />
        <PasswordInput
          label={t('proxyKey')}
          description={keepsKey ? t('keepKey', { key: state.proxy_key ?? '' }) : t('proxyKeyHint')}
          required={!keepsKey}
          autoComplete="off"
          {...form.getInputProps('proxy_key')}
        />
        {refusal !== null && (
          <Alert color="red" variant="light" role="alert">
            {refusal}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={isBusy}>
            {t(state.connected ? 'change' : 'connect')}
          </Button>
          {canForce && (
            <Button variant="default" onClick={() => setIsAsking(true)}>
              {t('force')}
            </Button>
          )}
        </Group>
      </Stack>
      <Ask
        isOpen={isAsking}
        title={t('forceTitle')}
        action={t('force')}
        onAction={force}
        onClose={() => setIsAsking(false)}
      >
        <Text>{t('forceText')}</Text>
      </Ask>
    </form>
  );
}

import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconPlayerStop, IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { TrialAnswer } from './trial-answer.tsx';
import { useTrialTexts } from './trial-strings.ts';
import { useTrial } from './use-trial.ts';

interface TrialFormProps {
  readonly keyId: string;
  /** `''` lets the gateway choose. */
  readonly channel: string;
  readonly model: string;
  /** Called when an answer is over, whatever came of it. */
  readonly onDone?: () => void;
}

/** Sends a real request with a Proxy-Key, and shows the answer as it comes. */
export function TrialForm({ keyId, channel, model, onDone }: TrialFormProps) {
  const t = useTrialTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? t('greeting');
  const { trial, send, stop } = useTrial(onDone);
  const isBusy = trial?.isBusy ?? false;
  const canSend = keyId !== '' && model !== '' && text.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canSend) void send(keyId, { model, text, ...(channel === '' ? {} : { channel }) });
  };
  return (
    <Stack>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Textarea
            label={t('message')}
            value={text}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            rows={2}
          />
          <Group>
            <Button
              type="submit"
              leftSection={<IconSend size={16} />}
              loading={isBusy}
              disabled={!canSend}
              {...(model === '' ? { title: t('noModel') } : {})}
            >
              {t('send')}
            </Button>
            {isBusy && (
              <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={stop}>
                {t('stop')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {trial !== null && <TrialAnswer trial={trial} />}
    </Stack>
  );
}

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Ask } from '../../ui/ask.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useCentralTexts } from './central-strings.ts';
import { useDisconnect } from './use-central.ts';

/** Ends the connection to the central key service, once that was asked. */
export function Disconnect() {
  const t = useCentralTexts();
  const common = useCommonTexts();
  const failureText = useFailureText();
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isPending } = useDisconnect();
  const run = (): void =>
    mutate(undefined, {
      onSuccess: () => notifyDone(t('disconnected')),
      onError: (error) => notifyFailed(common('failed'), failureText(error)),
      onSettled: () => setIsAsking(false),
    });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
        {t('disconnect')}
      </Button>
      <Ask
        isOpen={isAsking}
        title={t('disconnectTitle')}
        action={t('disconnect')}
        isBusy={isPending}
        onAction={run}
        onClose={() => setIsAsking(false)}
      >
        <Text>{t('disconnectText')}</Text>
      </Ask>
    </>
  );
}

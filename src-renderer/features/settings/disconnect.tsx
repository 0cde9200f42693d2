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
  const { mutateAsync, isPending } = useDisconnect();
  // Once it is done this is gone from the screen, and what is said about it must not be.
  const run = async (): Promise<void> => {
    try {
      await mutateAsync(undefined);
      notifyDone(t('disconnected'));
    } catch (error) {
      notifyFailed(common('failed'), failureText(error));
    }
    setIsAsking(false);
  };
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
        onAction={() => void run()}
        onClose={() => setIsAsking(false)}
      >
        <Text>{t('disconnectText')}</Text>
      </Ask>
    </>
  );
}

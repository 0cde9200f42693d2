import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { Ask } from '../../ui/ask.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useProgramTexts } from './program-strings.ts';

/** Ends the program, once that was asked. */
export function StopPanel() {
  const t = useProgramTexts();
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isSuccess, isPending, error } = useMutation({
    mutationFn: () => answer(admin.shutdown.$post()),
    onSettled: () => setIsAsking(false),
  });
  return (
    <Panel title={t('stop')}>
      <Stack>
        <Text size="sm">{t('stopText')}</Text>
        {isSuccess ? (
          <Alert color="orange" variant="light" role="status">
            {t('stopping')}
          </Alert>
        ) : (
          <Group>
            <Button variant="default" onClick={() => setIsAsking(true)}>
              {t('stopDo')}
            </Button>
          </Group>
        )}
        {error !== null && <FailureNote error={error} />}
      </Stack>
      <Ask
        isOpen={isAsking}
        title={t('stopTitle')}
        action={t('stopDo')}
        isBusy={isPending}
        onAction={() => mutate()}
        onClose={() => setIsAsking(false)}
      >
        <Text>{t('stopWhat')}</Text>
      </Ask>
    </Panel>
  );
}

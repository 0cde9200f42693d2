import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { currentSession, isRemembered, storeSession } from '../../api/session.ts';
import { Ask } from '../../ui/ask.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useUnsaved } from '../../ui/unsaved.ts';
import { useProgramTexts } from './program-strings.ts';

/** Makes a new token, and goes on with a session begun with it: this one has ended with the old token. */
async function replaceToken(): Promise<string> {
  const { admin_token: token } = await answer(admin['admin-token'].$post());
  if (currentSession()?.kind === 'bearer') {
    const remember = isRemembered();
    const { session } = await answer(admin.session.$post({ json: { token, remember } }));
    storeSession(session, remember);
  }
  return token;
}

interface NewTokenProps {
  readonly token: string | undefined;
  readonly onClose: () => void;
}

function NewToken({ token, onClose }: NewTokenProps) {
  const t = useProgramTexts();
  // It is shown this once.
  useUnsaved(token !== undefined);
  return (
    <Modal
      opened={token !== undefined}
      onClose={onClose}
      title={t('newToken')}
      // A slip of the hand must not lose it.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text>{t('newTokenText')}</Text>
        <Code block>{token}</Code>
        <Group justify="flex-end">
          <CopyButton withText value={token ?? ''} label={t('copyToken')} />
          <Button onClick={onClose}>{t('noted')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The admin token, replaced by a new one that is shown once. */
export function AdminTokenPanel() {
  const t = useProgramTexts();
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: replaceToken,
    gcTime: 0,
    onSettled: () => setIsAsking(false),
  });
  return (
    <Panel title={t('token')}>
      <Stack>
        <Text size="sm">{t('tokenText')}</Text>
        <Group>
          <Button variant="default" onClick={() => setIsAsking(true)}>
            {t('replace')}
          </Button>
        </Group>
        {error !== null && <FailureNote error={error} />}
      </Stack>
      <Ask
        isOpen={isAsking}
        title={t('replaceTitle')}
        action={t('replaceDo')}
        isBusy={isPending}
        onAction={() => mutate()}
        onClose={() => setIsAsking(false)}
      >
        <Text>{t('replaceText')}</Text>
      </Ask>
      <NewToken token={data} onClose={reset} />
    </Panel>
  );
}

import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { Ask } from '../../ui/ask.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useBackupTexts } from './backup-strings.ts';

/** What the server says of a backup that it brought back. */
interface Restored {
  readonly created_at: string;
  readonly admin_token_changed: boolean;
  /** Where what was there before is kept. */
  readonly previous: string | null;
}

const TYPE = 'application/gzip';

function useRestore() {
  const t = useBackupTexts();
  const { time } = useFormats();
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const restoring = useMutation({
    // The route's own shape.
    mutationFn: async (file: File) => (await upload('/api/v1/restore', file, TYPE, setSent)) as Restored,
    onMutate: () => setSent(0),
    onSuccess: async ({ created_at, admin_token_changed }) => {
      // It stays in sight where the session ended with the token.
      notifyDone(t('restored', { time: time(created_at) }));
      if (admin_token_changed) notifyDone(t('tokenChanged'));
      await client.invalidateQueries();
    },
  });
  return { ...restoring, sent };
}

function Progressing({ sent }: { readonly sent: number }) {
  const t = useBackupTexts();
  const { percent } = useFormats();
  return (
    <div role="status">
      <Progress value={sent * 100} animated aria-label={t('restore')} />
      <Text size="sm">{sent < 1 ? t('sending', { percent: percent(sent) }) : t('checking')}</Text>
    </div>
  );
}

/** Brings a backup back, once it was asked. */
export function RestorePanel() {
  const t = useBackupTexts();
  const [file, setFile] = useState<File | null>(null);
  const { mutate, data, error, isPending, sent } = useRestore();
  const run = (): void => {
    if (file !== null) mutate(file);
    setFile(null);
  };
  return (
    <Panel title={t('restore')}>
      <Stack>
        <Text size="sm">{t('restoreText')}</Text>
        <Group>
          <FileButton onChange={setFile} accept=".gz,.tgz,application/gzip">
            {(props) => (
              <Button variant="default" leftSection={<IconUpload size={16} />} loading={isPending} {...props}>
                {t('choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        {isPending && <Progressing sent={sent} />}
        {error !== null && <FailureNote error={error} />}
        {data?.previous != null && (
          <Alert color="teal" variant="light">
            {t('previous', { path: data.previous })}
          </Alert>
        )}
      </Stack>
      <Ask
        isOpen={file !== null}
        title={t('restoreTitle', { name: file?.name ?? '' })}
        action={t('restoreDo')}
        onAction={run}
        onClose={() => setFile(null)}
      >
        <Stack gap="sm">
          <Text>{t('restoreWhat')}</Text>
          <Text>{t('restoreToken')}</Text>
        </Stack>
      </Ask>
    </Panel>
  );
}

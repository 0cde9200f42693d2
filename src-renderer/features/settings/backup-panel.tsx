import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type DownloadProgress, download } from '../../api/download.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useBackupTexts } from './backup-strings.ts';

const NOTHING_YET: DownloadProgress = { receivedBytes: 0, totalBytes: null };

const percentOf = ({ receivedBytes, totalBytes }: DownloadProgress): number =>
  totalBytes === null || totalBytes === 0 ? 0 : (receivedBytes / totalBytes) * 100;

/** Makes a backup, and hands it to the browser. */
export function BackupPanel() {
  const t = useBackupTexts();
  const { bytes } = useFormats();
  const [progress, setProgress] = useState(NOTHING_YET);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => download('/api/v1/backup', { method: 'POST' }, setProgress),
    onMutate: () => setProgress(NOTHING_YET),
    onSuccess: (name) => notifyDone(t('made', { name })),
  });
  return (
    <Panel title={t('backup')}>
      <Stack>
        <Text size="sm">{t('backupText')}</Text>
        <Group>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={isPending}
            onClick={() => mutate()}
          >
            {t('make')}
          </Button>
        </Group>
        {isPending && (
          <>
            <Progress value={percentOf(progress)} animated aria-label={t('make')} />
            <Text size="sm">{t('received', { bytes: bytes(progress.receivedBytes) })}</Text>
          </>
        )}
        {error !== null && <FailureNote error={error} />}
      </Stack>
    </Panel>
  );
}

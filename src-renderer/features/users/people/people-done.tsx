import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { saveFile } from '../../../api/download.ts';
import { usePeopleTexts } from './strings.ts';
import type { PeopleAnswer } from './use-people.ts';

interface PeopleDoneProps {
  readonly answer: PeopleAnswer;
  readonly isSaved: boolean;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** `aiproxy-keys-2026-12-01.csv` */
const fileName = (): string => `aiproxy-keys-${new Date().toISOString().slice(0, 10)}.csv`;

/** What was done, and the list to hand out, which is offered this once. */
export function PeopleDone({ answer: { counts, hand_out }, isSaved, onSaved, onClose }: PeopleDoneProps) {
  const t = usePeopleTexts();
  return (
    <Stack>
      <Alert color="teal" variant="light" role="status">
        {t('done', { added: counts.new, changed: counts.changed, keys: counts.keys })}
      </Alert>
      {hand_out !== null && (
        <Stack gap="xs">
          <Text fw={500}>{t('handOut')}</Text>
          <Text size="sm">{t('handOutText')}</Text>
          <Group>
            <Button
              leftSection={<IconDownload size={16} />}
              variant={isSaved ? 'default' : 'filled'}
              data-autofocus
              onClick={() => {
                saveFile(new Blob([hand_out], { type: 'text/csv;charset=utf-8' }), fileName());
                onSaved();
              }}
            >
              {t('download')}
            </Button>
            {isSaved && (
              <Text size="sm" role="status">
                {t('downloaded')}
              </Text>
            )}
          </Group>
        </Stack>
      )}
      <Group justify="flex-end">
        <Button variant={hand_out === null || isSaved ? 'filled' : 'default'} onClick={onClose}>
          {t('finish')}
        </Button>
      </Group>
    </Stack>
  );
}

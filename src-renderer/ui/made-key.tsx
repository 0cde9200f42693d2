import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { environmentLines } from '../../src-main/contract/sdk-environment.ts';
import { useStatus } from '../api/program-queries.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './made-key.module.css';
import { useMadeKeyTexts } from './made-key-strings.ts';
import { useCommonTexts } from './strings.ts';

interface MadeKeyProps {
  readonly id: string;
  /** The key in full. */
  readonly secret: string;
  readonly title: 'made' | 'rotated';
  readonly onClose: () => void;
}

function SdkLines({ secret }: { readonly secret: string }) {
  const t = useMadeKeyTexts();
  const url = useStatus().data?.proxy_url;
  if (url === undefined) return null;
  const lines = environmentLines({ url, key: secret, sdk: 'openai', shell: 'posix' }).join('\n');
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text fw={500}>{t('pointSdk')}</Text>
        <CopyButton value={lines} label={t('copyLines')} />
      </Group>
      <Code block className={styles.lines}>
        {lines}
      </Code>
    </div>
  );
}

/** Shows a key that was just made in full, this once. A press beside it does not close it. */
export function MadeKey({ id, secret, title, onClose }: MadeKeyProps) {
  const t = useMadeKeyTexts();
  const common = useCommonTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(title === 'made' ? 'madeTitle' : 'rotatedTitle')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <Text>{t('text')}</Text>
        <Code block className={styles.lines}>
          {secret}
        </Code>
        <div>
          <CopyButton value={secret} label={t('copyKey')} withText />
        </div>
        <SdkLines secret={secret} />
        <Group justify="flex-end">
          <Button component={Link} href={`/connect?key=${encodeURIComponent(id)}`} variant="default">
            {t('connect')}
          </Button>
          <Button onClick={onClose}>{t('done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

import { Button, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { Link } from 'wouter';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TrialForm } from '../../ui/trial-form.tsx';
import { WhenWritable } from '../../ui/when-writable.tsx';
import styles from './connect.module.css';
import { SnippetPanel } from './snippet-panel.tsx';
import { useConnectTexts } from './strings.ts';
import { useConnection } from './use-connection.ts';
import { Who } from './who.tsx';

function NeedsKey() {
  const t = useConnectTexts();
  return (
    <Panel>
      <Empty icon={<IconKey size={32} stroke={1.4} />} title={t('needKey')}>
        <Text c="dimmed" ta="center">
          {t('needKeyHint')}
        </Text>
        <WhenWritable>
          <Button component={Link} href="/keys?new=1" variant="default">
            {t('toKeys')}
          </Button>
        </WhenWritable>
      </Empty>
    </Panel>
  );
}

/** How a program comes to use AIProxy: what to paste, and whether it works. */
export default function ConnectScreen() {
  const t = useConnectTexts();
  const { connection, change, reach } = useConnection();
  const { key, channel, model } = connection;
  return (
    <Page title={t('title')} summary={t('summary')}>
      <Who connection={connection} change={change} />
      {key === '' ? (
        <NeedsKey />
      ) : (
        <AnswerView query={reach} lines={6}>
          {() => (
            <div className={styles.columns}>
              <SnippetPanel connection={connection} change={change} />
              <Panel title={t('test')}>
                <Text size="sm" c="dimmed" mb="sm">
                  {t('testHint')}
                </Text>
                <TrialForm keyId={key} channel={channel?.id ?? ''} model={model} />
              </Panel>
            </div>
          )}
        </AnswerView>
      )}
    </Page>
  );
}

import { Anchor, Code, Group, Stack } from '@mantine/core';
import { desktop } from '../../api/desktop.ts';
import { useStatus } from '../../api/program-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { AdminTokenPanel } from './admin-token-panel.tsx';
import { useProgramTexts } from './program-strings.ts';
import styles from './settings.module.css';
import { StopPanel } from './stop-panel.tsx';

const SECOND_MS = 1000;

/** The program: what it is, its admin token, its end. */
export function ProgramSection() {
  const t = useProgramTexts();
  const { time } = useFormats();
  const status = useStatus();
  return (
    <>
      <Panel title={t('about')}>
        <AnswerView query={status}>
          {({ version, uptime_seconds, proxy_urls }) => (
            <dl className={styles.facts}>
              <dt>{t('version')}</dt>
              <dd>{version}</dd>
              <dt>{t('running')}</dt>
              <dd>{time(status.dataUpdatedAt - uptime_seconds * SECOND_MS)}</dd>
              <dt>{t('addresses')}</dt>
              <dd>
                <Stack gap={4}>
                  {proxy_urls.map((address) => (
                    <Group key={address} gap={4} wrap="nowrap">
                      <Code>{address}</Code>
                      <CopyButton value={address} label={t('copyAddress', { address })} />
                    </Group>
                  ))}
                </Stack>
              </dd>
              <dt>{t('docs')}</dt>
              <dd>
                <Anchor size="sm" href="/docs">
                  /docs
                </Anchor>
              </dd>
              <dt>{t('licences')}</dt>
              <dd>
                <Anchor size="sm" href="/licenses.txt">
                  /licenses.txt
                </Anchor>
              </dd>
            </dl>
          )}
        </AnswerView>
      </Panel>
      <AdminTokenPanel />
      {desktop === null && <StopPanel />}
    </>
  );
}

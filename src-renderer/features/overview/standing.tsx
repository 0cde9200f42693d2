import { Code, Group, Text } from '@mantine/core';
import type { useStatus } from '../../api/program-queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './overview.module.css';
import { useOverviewTexts } from './strings.ts';

/** What the program says of itself. */
export type ProgramStatus = NonNullable<ReturnType<typeof useStatus>['data']>;

interface StandingProps {
  readonly status: ProgramStatus;
  /** It does not answer any more; what it said of itself is old. */
  readonly isDown: boolean;
  /** Requests under way; `null` where it is not known. */
  readonly open: number | null;
}

function Address({ status: { proxy_url, proxy_urls } }: { readonly status: ProgramStatus }) {
  const t = useOverviewTexts();
  const others = proxy_urls.filter((url) => url !== proxy_url);
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('address')}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Code>{proxy_url}</Code>
        <CopyButton value={proxy_url} label={t('copyAddress')} />
      </Group>
      {others.length > 0 && (
        <Text size="xs" c="dimmed" title={others.join('\n')}>
          {t('addresses', { count: others.length })}
        </Text>
      )}
    </div>
  );
}

/** Whether AIProxy runs, where, and since when. */
export function Standing({ status, isDown, open }: StandingProps) {
  const t = useOverviewTexts();
  const { time, number } = useFormats();
  const { paused, uptime_seconds, version } = status;
  const state = isDown ? 'down' : paused ? 'paused' : 'running';
  const facts = [
    [t('open'), open === null || isDown ? NOTHING : number(open)],
    [t('since'), time(Date.now() - uptime_seconds * 1000)],
    [t('version'), version],
  ] as const;
  return (
    <Panel>
      <div className={styles.standing}>
        <div>
          <Group gap="sm" wrap="nowrap">
            <span className={styles.lamp} data-state={state} aria-hidden />
            <Text fw={600} size="lg">
              {t(state)}
            </Text>
          </Group>
          {state === 'paused' && (
            <Text size="sm" c="dimmed">
              {t('pausedHint')}
            </Text>
          )}
        </div>
        <Address status={status} />
        <dl className={styles.facts}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
}

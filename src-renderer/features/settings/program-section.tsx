import { Anchor, Code, Group, Stack } from '@mantine/core';
import { desktop } from '../../api/desktop.ts';
import { useStatus } from '../../api/program-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { AdminTokenPanel } from './admin-token-panel.tsx';
import { useProgramTexts } from './program-strings.ts';
import { SessionsPanel } from './sessions-panel.tsx';
import { StopPanel } from './stop-panel.tsx';

const SECOND_MS = 1000;

type Status = NonNullable<ReturnType<typeof useStatus>['data']>;

function Addresses({ urls }: { readonly urls: Status['proxy_urls'] }) {
  const t = useProgramTexts();
  return (
    <Stack gap={4}>
      {urls.map((address) => (
        <Group key={address} gap={4} wrap="nowrap">
          <Code>{address}</Code>
          <CopyButton value={address} label={t('copyAddress', { address })} />
        </Group>
      ))}
    </Stack>
  );
}

const pageLink = (href: string) => (
  <Anchor size="sm" href={href}>
    {href}
  </Anchor>
);

/** The program: what it is, its admin token, its end. */
export function ProgramSection() {
  const t = useProgramTexts();
  const { time } = useFormats();
  const status = useStatus();
  const factsOf = ({ version, uptime_seconds, proxy_urls }: Status): readonly Fact[] => [
    { name: t('version'), value: version },
    { name: t('running'), value: time(status.dataUpdatedAt - uptime_seconds * SECOND_MS) },
    { name: t('addresses'), value: <Addresses urls={proxy_urls} /> },
    { name: t('docs'), value: pageLink('/docs') },
    { name: t('licences'), value: pageLink('/licenses.txt') },
  ];
  return (
    <>
      <Panel title={t('about')}>
        <AnswerView query={status}>{(known) => <Facts facts={factsOf(known)} />}</AnswerView>
      </Panel>
      <AdminTokenPanel />
      <SessionsPanel />
      {desktop === null && <StopPanel />}
    </>
  );
}

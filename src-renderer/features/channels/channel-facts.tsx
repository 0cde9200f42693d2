import { Anchor, Code, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useRecords } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { HistoryLink } from '../../ui/history-link.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { ChannelKeys } from './channel-keys.tsx';
import { useChannelFormTexts } from './form-strings.ts';
import { otherSettings } from './other-settings.ts';
import { useChannelPageTexts } from './page-strings.ts';
import type { PlatformFacts } from './platform-facts.ts';
import { useChannelTexts } from './strings.ts';

interface ChannelFactsProps {
  readonly channel: RecordOf<'channels'>;
  readonly platform: PlatformFacts | undefined;
}

/** How many users and Proxy-Keys may use the channel or name it, with the way to them. */
function UsedBy({ id }: { readonly id: string }) {
  const t = useChannelPageTexts();
  // Those that open something now: by themselves or through their group, and not disabled or ended.
  const question = { channel: id, per_page: 1 };
  const users = useRecords('users', { ...question, status: 'active' }).data?.total;
  const keys = useRecords('proxy-keys', { ...question, state: 'active' }).data?.total;
  const query = `?channel=${encodeURIComponent(id)}&status=active`;
  return (
    <Group gap="xs">
      <Anchor component={Link} href={`/users${query}`} size="sm">
        {users === undefined ? NOTHING : t('users', { count: users })}
      </Anchor>
      <Anchor component={Link} href={`/keys${query}`} size="sm">
        {keys === undefined ? NOTHING : t('proxyKeys', { count: keys })}
      </Anchor>
    </Group>
  );
}

function Address({ channel, platform }: ChannelFactsProps) {
  const t = useChannelPageTexts();
  return (
    <>
      <Code>{channel.base_url ?? platform?.base_url ?? NOTHING}</Code>
      {channel.base_url === undefined && (
        <Text size="xs" c="dimmed">
          {t('ownAddress')}
        </Text>
      )}
    </>
  );
}

function ChannelId({ id }: { readonly id: string }) {
  const t = useChannelPageTexts();
  return (
    <Group gap={4}>
      <Code>{id}</Code>
      <CopyButton value={id} label={t('copyId')} />
    </Group>
  );
}

/** What else is set, by what the form calls it. */
function useOtherFacts(channel: RecordOf<'channels'>): readonly Fact[] {
  const form = useChannelFormTexts();
  const common = useCommonTexts();
  return otherSettings(channel).map(({ name, text, value }) => ({
    name: text === null ? name : form(text),
    value:
      value === 'true' || value === 'false' ? common(value === 'true' ? 'yes' : 'no') : <Code>{value}</Code>,
  }));
}

/** What a channel is. */
export function ChannelFacts({ channel, platform }: ChannelFactsProps) {
  const t = useChannelPageTexts();
  const list = useChannelTexts();
  const { time } = useFormats();
  const { id, models = [], priority, created_at, updated_at } = channel;
  const timeOf = (at: string | undefined): string => (at === undefined ? NOTHING : time(at));
  const facts: Fact[] = [
    { name: t('id'), value: <ChannelId id={id} /> },
    { name: t('address'), value: <Address channel={channel} platform={platform} /> },
    { name: t('key'), value: <ChannelKeys channel={channel} /> },
    { name: list('models'), value: models.length === 0 ? list('allModels') : models.join(', ') },
    { name: list('priority'), value: priority ?? t('byDefault') },
    { name: t('usedBy'), value: <UsedBy id={id} /> },
    ...useOtherFacts(channel),
    { name: t('created'), value: timeOf(created_at) },
    { name: t('updated'), value: timeOf(updated_at) },
  ];
  return (
    <Panel title={t('facts')} actions={<HistoryLink id={channel.id} />}>
      <Facts facts={facts} />
    </Panel>
  );
}

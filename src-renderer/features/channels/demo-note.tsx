import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { stateOf } from '../../ui/channel-state.ts';
import { ChannelStateBadge } from '../../ui/channel-state-badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { RecentFigures } from '../../ui/use-channel-figures.ts';
import { channelPath } from './channel-path.ts';
import { PlatformMark } from './platform-mark.tsx';
import { useChannelTexts } from './strings.ts';

/** The demo's channel, which stands in no list because it is stored nowhere. */
export function DemoNote({ figures }: { readonly figures: RecentFigures | undefined }) {
  const t = useChannelTexts();
  return (
    <Panel>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <PlatformMark platform="demo" />
        <div>
          <Group gap="xs">
            <Anchor component={Link} href={channelPath(DEMO_ID)} fw={500}>
              {t('demoName')}
            </Anchor>
            <Badge variant="light">{t('builtIn')}</Badge>
            <ChannelStateBadge state={stateOf('active', figures?.byId.get(DEMO_ID))} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('demoText')}
          </Text>
        </div>
      </Group>
    </Panel>
  );
}

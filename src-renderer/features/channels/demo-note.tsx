import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { DEMO_ID } from '../../../src-main/contract/demo-id.ts';
import { Panel } from '../../ui/panel.tsx';
import { channelPath } from './channel-path.ts';
import { stateOf } from './channel-state.ts';
import { PlatformMark } from './platform-mark.tsx';
import { StateBadge } from './state-badge.tsx';
import { useChannelTexts } from './strings.ts';
import type { RecentFigures } from './use-channel-figures.ts';

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
            <StateBadge state={stateOf('active', figures?.byId.get(DEMO_ID))} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('demoText')}
          </Text>
        </div>
      </Group>
    </Panel>
  );
}

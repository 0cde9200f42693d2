import { Badge, Text } from '@mantine/core';
import type { ChannelState } from './channel-state.ts';
import styles from './channel-state-badge.module.css';
import { defineTexts } from './texts.ts';

const useStateTexts = defineTexts(
  'channel-states',
  {
    disabled: 'Disabled',
    unused: 'No requests',
    working: 'Working',
    troubled: 'Some errors',
    failing: 'Failing',
  },
  { disabled: '停用', unused: '无请求', working: '正常', troubled: '部分失败', failing: '失败' },
);

const COLORS: Readonly<Record<ChannelState, string>> = {
  disabled: 'gray',
  unused: 'gray',
  working: 'teal',
  troubled: 'orange',
  failing: 'red',
};

/** How a channel does, in a word. @param hint what that is taken from */
export function ChannelStateBadge({
  state,
  hint = '',
}: {
  readonly state: ChannelState;
  readonly hint?: string;
}) {
  const t = useStateTexts();
  if (state === 'unused') {
    return (
      <Text size="sm" c="dimmed" span className={styles.unused ?? ''} title={hint}>
        {t(state)}
      </Text>
    );
  }
  return (
    <Badge color={COLORS[state]} variant="light" miw="max-content" title={hint}>
      {t(state)}
    </Badge>
  );
}

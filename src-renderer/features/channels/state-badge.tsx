import { Badge, Text } from '@mantine/core';
import type { ChannelState } from './channel-state.ts';
import styles from './state-badge.module.css';
import { useChannelTexts } from './strings.ts';

const COLORS: Readonly<Record<ChannelState, string>> = {
  disabled: 'gray',
  unused: 'gray',
  working: 'teal',
  troubled: 'orange',
  failing: 'red',
};

/** How a channel does, in a word. @param hint what that is taken from */
export function StateBadge({ state, hint }: { readonly state: ChannelState; readonly hint?: string }) {
  const t = useChannelTexts();
  if (state === 'unused') {
    return (
      <Text size="sm" c="dimmed" span className={styles.unused ?? ''} title={hint ?? ''}>
        {t(state)}
      </Text>
    );
  }
  return (
    <Badge color={COLORS[state]} variant="light" miw="max-content" title={hint ?? ''}>
      {t(state)}
    </Badge>
  );
}

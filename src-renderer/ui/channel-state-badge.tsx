import { Badge } from '@mantine/core';
import type { ChannelState } from './channel-state.ts';
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
export function ChannelStateBadge({ state, hint }: { readonly state: ChannelState; readonly hint?: string }) {
  const t = useStateTexts();
  return (
    <Badge
      color={COLORS[state]}
      variant={state === 'unused' ? 'outline' : 'light'}
      {...(hint === undefined ? {} : { title: hint })}
    >
      {t(state)}
    </Badge>
  );
}

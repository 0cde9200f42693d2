import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlayerPlay, IconPower } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { channelPath } from './channel-path.ts';
import { useChannelTexts } from './strings.ts';
import { useSwitchChannel } from './use-switch-channel.ts';

interface ChannelMenuProps {
  readonly channel: RecordOf<'channels'>;
  readonly onTest: () => void;
}

/** What can be done with a channel from its row. */
export function ChannelMenu({ channel, onTest }: ChannelMenuProps) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const [, navigate] = useLocation();
  const switchChannel = useSwitchChannel();
  const { id, status } = channel;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actions', { name: titleOf(channel) })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={onTest}>
          {t('test')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => navigate(`${channelPath(id)}?edit`)}>
          {t('edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPower size={16} />} onClick={() => void switchChannel(channel)}>
          {common(status === 'disabled' ? 'enable' : 'disable')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

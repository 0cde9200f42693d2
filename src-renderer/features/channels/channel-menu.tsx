import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlayerPlay, IconPower } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { channelPath } from './channel-path.ts';
import { useChannelTexts } from './strings.ts';
import { useSwitchChannel } from './use-switch-channel.ts';

interface ChannelMenuProps {
  readonly channel: RecordOf<'channels'>;
  readonly onTest: () => void;
}

function OpenMenu({ channel, onTest }: ChannelMenuProps) {
  const t = useChannelTexts();
  const common = useCommonTexts();
  const [, navigate] = useLocation();
  const switchChannel = useSwitchChannel();
  const [isOpen, setIsOpen] = useState(false);
  // Opened once the button is there, so that the focus can come back to it.
  useEffect(() => setIsOpen(true), []);
  const { id, status } = channel;
  return (
    <Menu position="bottom-end" opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('actions', { name: titleOf(channel) })}
          // It stands in the place of the button that was pressed.
          autoFocus
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={onTest}>
          {t('test')}
        </Menu.Item>
        <WhenWritable>
          <Menu.Item
            leftSection={<IconPencil size={16} />}
            onClick={() => navigate(`${channelPath(id)}?edit`)}
          >
            {t('edit')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPower size={16} />} onClick={() => void switchChannel(channel)}>
            {common(status === 'disabled' ? 'enable' : 'disable')}
          </Menu.Item>
        </WhenWritable>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done with a channel from its row. The menu is made when it is first asked for: fifty take their time. */
export function ChannelMenu({ channel, onTest }: ChannelMenuProps) {
  const t = useChannelTexts();
  const [isUsed, setIsUsed] = useState(false);
  if (isUsed) return <OpenMenu channel={channel} onTest={onTest} />;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={t('actions', { name: titleOf(channel) })}
      onClick={() => setIsUsed(true)}
    >
      <IconDots size={18} />
    </ActionIcon>
  );
}

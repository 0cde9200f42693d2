import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Resource } from '../api/records.ts';
import { RemoveRecord } from './remove-record.tsx';
import { useCommonTexts } from './strings.ts';

interface RemovalMenuProps {
  readonly resource: Resource;
  readonly id: string;
  readonly action: string;
  /** The question. */
  readonly title: string;
  /** What goes with it. */
  readonly children: ReactNode;
  readonly onRemoved: () => void;
}

/** Beside the other actions of a record, and not as near: what cannot be taken back. */
export function RemovalMenu({ action, ...removal }: RemovalMenuProps) {
  const t = useCommonTexts();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="input-sm" aria-label={t('more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setIsAsking(true)}>
            {action}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RemoveRecord isOpen={isAsking} onClose={() => setIsAsking(false)} {...removal} />
    </>
  );
}

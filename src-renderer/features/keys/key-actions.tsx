import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemoveRecord } from '../../ui/remove-record.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useKeysTexts } from './strings.ts';
import { useKeyStatus } from './use-key-status.ts';

interface KeyActionsProps {
  readonly record: RecordOf<'proxy-keys'>;
  readonly onEdit: () => void;
  readonly onRotate: () => void;
}

function Removal({ record }: Pick<KeyActionsProps, 'record'>) {
  const t = useKeysTexts();
  const common = useCommonTexts();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const name = titleOf(record);
  const removed = (): void => {
    notifyDone(t('deleted', { name }));
    navigate('/keys');
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="input-sm" aria-label={common('more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setIsAsking(true)}>
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RemoveRecord
        resource="proxy-keys"
        id={record.id}
        title={t('deleteTitle', { name })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onRemoved={removed}
      >
        {t('deleteText')}
      </RemoveRecord>
    </>
  );
}

/** What can be done with a Proxy-Key. */
export function KeyActions({ record, onEdit, onRotate }: KeyActionsProps) {
  const t = useKeysTexts();
  const { change, isBusy } = useKeyStatus(record);
  const isDisabled = record.status === 'disabled';
  return (
    <>
      <Button
        variant="default"
        loading={isBusy}
        onClick={() => void change(isDisabled ? 'active' : 'disabled')}
      >
        {t(isDisabled ? 'enable' : 'disable')}
      </Button>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRotate}>
        {t('rotate')}
      </Button>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Removal record={record} />
    </>
  );
}

import { Button } from '@mantine/core';
import { IconPencil, IconRefresh } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemovalMenu } from '../../ui/removal-menu.tsx';
import { useStatusSwitch } from '../../ui/use-status-switch.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useKeysTexts } from './strings.ts';

interface KeyActionsProps {
  readonly record: RecordOf<'proxy-keys'>;
  readonly onEdit: () => void;
  readonly onRotate: () => void;
}

function Removal({ record }: Pick<KeyActionsProps, 'record'>) {
  const t = useKeysTexts();
  const [, navigate] = useLocation();
  const name = titleOf(record);
  return (
    <RemovalMenu
      resource="proxy-keys"
      id={record.id}
      action={t('delete')}
      title={t('deleteTitle', { name })}
      onRemoved={() => {
        notifyDone(t('deleted', { name }));
        navigate('/keys', { replace: true });
      }}
    >
      {t('deleteText')}
    </RemovalMenu>
  );
}

/** What can be done with a Proxy-Key. */
export function KeyActions({ record, onEdit, onRotate }: KeyActionsProps) {
  const t = useKeysTexts();
  const { change, isBusy } = useStatusSwitch('proxy-keys', (status, name) =>
    t(status === 'disabled' ? 'disabledNow' : 'enabledNow', { name }),
  );
  const isDisabled = record.status === 'disabled';
  return (
    <WhenWritable>
      <Button variant="default" loading={isBusy} onClick={() => void change(record)}>
        {t(isDisabled ? 'enable' : 'disable')}
      </Button>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRotate}>
        {t('rotate')}
      </Button>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Removal record={record} />
    </WhenWritable>
  );
}

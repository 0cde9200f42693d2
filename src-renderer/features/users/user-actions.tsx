import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecordOf } from '../../api/records.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemoveRecord } from '../../ui/remove-record.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';
import { useBulkChange } from './use-bulk-change.ts';

interface UserActionsProps {
  readonly user: RecordOf<'users'>;
  readonly onEdit: () => void;
  readonly onDeleted: () => void;
}

/** What can be done with one user. */
export function UserActions({ user, onEdit, onDeleted }: UserActionsProps) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const [isAsking, setIsAsking] = useState(false);
  const { progress, setStatus } = useBulkChange();
  const isDisabled = user.status === 'disabled';
  const name = titleOf(user);
  return (
    <>
      <Button
        variant="default"
        loading={progress !== null}
        onClick={() => void setStatus([user], isDisabled ? 'active' : 'disabled')}
      >
        {common(isDisabled ? 'enable' : 'disable')}
      </Button>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {common('edit')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="input-sm" aria-label={common('more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setIsAsking(true)}>
            {t('deleteUser')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RemoveRecord
        resource="users"
        id={user.id}
        title={t('deleteUserTitle', { name })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onRemoved={() => {
          notifyDone(t('userDeleted', { name }));
          onDeleted();
        }}
      >
        {t('deleteUserText')}
      </RemoveRecord>
    </>
  );
}

import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { RecordOf } from '../../api/records.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemovalMenu } from '../../ui/removal-menu.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
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
  const { progress, setStatus } = useBulkChange();
  const isDisabled = user.status === 'disabled';
  const name = titleOf(user);
  return (
    <WhenWritable>
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
      <RemovalMenu
        resource="users"
        id={user.id}
        action={t('deleteUser')}
        title={t('deleteUserTitle', { name })}
        onRemoved={() => {
          notifyDone(t('userDeleted', { name }));
          onDeleted();
        }}
      >
        {t('deleteUserText')}
      </RemovalMenu>
    </WhenWritable>
  );
}

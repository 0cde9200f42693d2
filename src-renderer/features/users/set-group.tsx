import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';

interface SetGroupProps {
  /** How many users get it. */
  readonly count: number;
  /** @param group `''` for none */
  readonly onGroup: (group: string) => void;
}

/** Asks which group the chosen users get. */
export function SetGroup({ count, onGroup }: SetGroupProps) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const [isOpen, setIsOpen] = useState(false);
  const [group, setGroup] = useState('');
  const close = (): void => setIsOpen(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
        {t('setGroup')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('setGroupTitle', { count })}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Stack>
          <RecordSelect
            resource="groups"
            label={t('group')}
            placeholder={t('noGroup')}
            value={group}
            onChange={setGroup}
            clearable
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('cancel')}
            </Button>
            <Button
              onClick={() => {
                close();
                onGroup(group);
              }}
            >
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

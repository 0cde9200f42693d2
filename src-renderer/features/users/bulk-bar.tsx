import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { RecordOf } from '../../api/records.ts';
import { Ask } from '../../ui/ask.tsx';
import { useFormats } from '../../ui/formats.ts';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUsersTexts } from './strings.ts';
import { type BulkProgress, useBulkChange } from './use-bulk-change.ts';
import type { useMatching } from './use-matching.ts';
import type { Selection } from './use-selection.ts';
import styles from './users.module.css';

type User = RecordOf<'users'>;

interface GroupDialogProps {
  readonly count: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onGroup: (group: string) => void;
}

function GroupDialog({ count, isOpen, onClose, onGroup }: GroupDialogProps) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const [group, setGroup] = useState('');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
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
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button onClick={() => onGroup(group)}>{common('save')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Working({ progress }: { readonly progress: BulkProgress }) {
  const t = useUsersTexts();
  const text = t('working', { done: progress.done + 1, count: progress.count });
  return (
    <Stack gap={4} role="status">
      <Text size="sm">{text}</Text>
      <Progress value={(progress.done / progress.count) * 100} aria-label={text} />
    </Stack>
  );
}

interface BulkBarProps {
  readonly selection: Selection<User>;
  /** All users that match, on every page. */
  readonly matching: ReturnType<typeof useMatching>;
  readonly total: number;
}

/** What can be done with the chosen users, all at once. */
export function BulkBar({ selection, matching, total }: BulkBarProps) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const [isGrouping, setIsGrouping] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const { number } = useFormats();
  const { progress, setStatus, setGroup, remove } = useBulkChange();
  const chosen = matching.users ?? selection.chosen;
  const clear = (): void => {
    selection.clear();
    matching.clear();
  };
  if (progress !== null) {
    return (
      <div className={styles.bulk}>
        <Working progress={progress} />
      </div>
    );
  }
  if (chosen.length === 0) return null;
  const after = (change: Promise<void>): void => void change.then(clear);
  return (
    <Group className={styles.bulk} gap="xs">
      <Text size="sm" fw={500} role="status">
        {t('selected', { count: chosen.length })}
      </Text>
      {selection.isAll && matching.users === null && total > chosen.length && (
        <Button size="xs" variant="light" loading={matching.isBusy} onClick={() => void matching.take()}>
          {t('takeAll', { number: number(total) })}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => after(setStatus(chosen, 'active'))}>
        {common('enable')}
      </Button>
      <Button size="xs" variant="default" onClick={() => after(setStatus(chosen, 'disabled'))}>
        {common('disable')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setIsGrouping(true)}>
        {t('setGroup')}
      </Button>
      <Button size="xs" variant="default" color="red" onClick={() => setIsDeleting(true)}>
        {t('deleteSome')}
      </Button>
      <Button size="xs" variant="subtle" onClick={clear}>
        {t('unselect')}
      </Button>
      <Ask
        isOpen={isDeleting}
        title={t('deleteSomeTitle', { count: chosen.length })}
        action={common('delete')}
        onAction={() => {
          setIsDeleting(false);
          after(remove(chosen));
        }}
        onClose={() => setIsDeleting(false)}
      >
        {t('deleteUserText')}
      </Ask>
      <GroupDialog
        count={chosen.length}
        isOpen={isGrouping}
        onClose={() => setIsGrouping(false)}
        onGroup={(group) => {
          setIsGrouping(false);
          after(setGroup(chosen, group));
        }}
      />
    </Group>
  );
}

import { Drawer } from '@mantine/core';
import { AnswerView } from '../../ui/answer-view.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
import { useOpenedRecord } from '../../ui/use-opened-record.ts';
import { useFormTexts } from './form-strings.ts';
import { GroupDrawer } from './group-drawer.tsx';
import { useUsersTexts } from './strings.ts';

interface OpenProps {
  readonly onClose: () => void;
}

/** The form of a group that is not there yet. */
export function NewGroup({ onClose }: OpenProps) {
  const t = useFormTexts();
  return (
    <GroupDrawer
      stored={null}
      onSaved={({ record }) => {
        notifyDone(t('createdGroup', { name: titleOf(record) }));
        onClose();
      }}
      onClose={onClose}
      onReload={onClose}
    />
  );
}

/** The form of the group that the address names, as it was stored when it was opened. */
export function EditedGroup({ id, onClose }: OpenProps & { readonly id: string }) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const { query, opened, reopen } = useOpenedRecord('groups', id);
  if (opened === null) {
    return (
      <Drawer
        opened
        onClose={onClose}
        title={t('group')}
        position="right"
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <AnswerView query={query} lines={6}>
          {() => null}
        </AnswerView>
      </Drawer>
    );
  }
  return (
    <GroupDrawer
      key={opened.etag}
      stored={opened}
      onSaved={() => {
        notifyDone(common('saved'));
        onClose();
      }}
      onClose={onClose}
      onReload={reopen}
    />
  );
}

import { Drawer } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useRecord } from '../../api/record-queries.ts';
import type { Versioned } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useCommonTexts } from '../../ui/strings.ts';
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
  const query = useRecord('groups', id);
  const [taken, setTaken] = useState<Versioned<'groups'> | null>(null);
  // What was read before may be old; what somebody else saves from now on must not replace what is being entered.
  const fresh = query.isFetching ? null : (query.data ?? null);
  useEffect(() => {
    if (taken === null && fresh !== null) setTaken(fresh);
  }, [taken, fresh]);
  if (taken === null) {
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
      key={taken.etag}
      stored={taken}
      onSaved={() => {
        notifyDone(common('saved'));
        onClose();
      }}
      onClose={onClose}
      onReload={setTaken}
    />
  );
}

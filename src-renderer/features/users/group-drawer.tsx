import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Versioned } from '../../api/records.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { HistoryLink } from '../../ui/history-link.tsx';
import { useModelsTexts } from '../../ui/models-strings.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { RecordDrawer } from '../../ui/record-drawer.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { RemoveRecord } from '../../ui/remove-record.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useRecordForm } from '../../ui/use-record-form.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { useFieldNames } from './field-names.ts';
import { useFormTexts } from './form-strings.ts';
import { GroupFields } from './group-fields.tsx';
import { GROUP_FIELDS, groupOf, groupValuesOf, NewGroup } from './group-form.ts';
import { useUsersTexts } from './strings.ts';

interface GroupDrawerProps {
  /** `null` makes a new group. */
  readonly stored: Versioned<'groups'> | null;
  readonly onSaved: (saved: Versioned<'groups'>) => void;
  readonly onClose: () => void;
  /** Begins anew with the record as somebody else has stored it. */
  readonly onReload: (theirs: Versioned<'groups'>) => void;
}

interface DeleteGroupProps {
  readonly group: { readonly id: string; readonly name?: string | undefined };
  readonly onDeleted: () => void;
}

function DeleteGroup({ group, onDeleted }: DeleteGroupProps) {
  const t = useUsersTexts();
  const common = useCommonTexts();
  const [isAsking, setIsAsking] = useState(false);
  const name = titleOf(group);
  return (
    <>
      <WhenWritable>
        <Button variant="subtle" color="red" mr="auto" onClick={() => setIsAsking(true)}>
          {common('delete')}
        </Button>
      </WhenWritable>
      <RemoveRecord
        resource="groups"
        id={group.id}
        title={t('deleteGroupTitle', { name })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onRemoved={() => {
          notifyDone(t('groupDeleted', { name }));
          onDeleted();
        }}
      >
        {t('deleteGroupText')}
      </RemoveRecord>
    </>
  );
}

/** Makes, changes or deletes a group. */
export function GroupDrawer({ stored, onSaved, onClose, onReload }: GroupDrawerProps) {
  const t = useFormTexts();
  const fieldNames = useFieldNames();
  const models = useModelsTexts();
  const check = useContractRules(NewGroup, { id: t('badId'), models: models('bad') });
  const { form, submit, ...saving } = useRecordForm({
    resource: 'groups',
    stored,
    initialValues: groupValuesOf(stored?.record ?? {}),
    recordOf: groupOf,
    check,
    fields: GROUP_FIELDS,
    onSaved,
  });
  return (
    <RecordDrawer
      title={stored === null ? t('newGroup') : t('editGroup', { name: titleOf(stored.record) })}
      isDirty={form.isDirty()}
      saving={saving}
      fieldNames={fieldNames}
      {...(stored === null
        ? { action: t('create') }
        : { moreActions: <DeleteGroup group={stored.record} onDeleted={onClose} /> })}
      onSubmit={submit}
      onClose={onClose}
      onReload={onReload}
    >
      {stored !== null && (
        <Group justify="flex-end">
          <HistoryLink id={stored.record.id} />
        </Group>
      )}
      <GroupFields form={form} isNew={stored === null} />
    </RecordDrawer>
  );
}

import type { ReactNode } from 'react';
import type { Versioned } from '../../api/records.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { useModelsTexts } from '../../ui/models-strings.ts';
import { RecordDrawer } from '../../ui/record-drawer.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useRecordForm } from '../../ui/use-record-form.ts';
import { useFieldNames } from './field-names.ts';
import { useFormTexts } from './form-strings.ts';
import { UserFields } from './user-fields.tsx';
import { NewUser, USER_FIELDS, userOf, valuesOf } from './user-form.ts';

interface UserDrawerProps {
  /** `null` makes a new user. */
  readonly stored: Versioned<'users'> | null;
  /** Below the fields. */
  readonly more?: ReactNode;
  readonly onSaved: (saved: Versioned<'users'>) => void;
  readonly onClose: () => void;
  /** Begins anew with the record as somebody else has stored it. */
  readonly onReload: (theirs: Versioned<'users'>) => void;
}

/** Makes or changes a user. It is made anew each time it opens, so that it begins with what is stored. */
export function UserDrawer({ stored, more, onSaved, onClose, onReload }: UserDrawerProps) {
  const t = useFormTexts();
  const fieldNames = useFieldNames();
  const models = useModelsTexts();
  const check = useContractRules(NewUser, {
    id: t('badId'),
    models: models('bad'),
    ip_allowlist: t('badAddress'),
  });
  const { form, submit, ...saving } = useRecordForm({
    resource: 'users',
    stored,
    initialValues: valuesOf(stored?.record ?? {}),
    recordOf: userOf,
    check,
    fields: USER_FIELDS,
    onSaved,
  });
  const isNew = stored === null;
  return (
    <RecordDrawer
      title={isNew ? t('newUser') : t('editUser', { name: titleOf(stored.record) })}
      isDirty={form.isDirty()}
      saving={saving}
      fieldNames={fieldNames}
      {...(isNew ? { action: t('create') } : {})}
      onSubmit={submit}
      onClose={onClose}
      onReload={onReload}
    >
      <UserFields form={form} isNew={isNew} />
      {more}
    </RecordDrawer>
  );
}

import type { Versioned } from '../../api/records.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { useModelsTexts } from '../../ui/models-strings.ts';
import { RecordDrawer } from '../../ui/record-drawer.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { useRecordForm } from '../../ui/use-record-form.ts';
import { useFieldNames } from './field-names.ts';
import { useFormTexts } from './form-strings.ts';
import { KeyFields } from './key-fields.tsx';
import { KEY_FIELDS, KeyMembers, membersOf, valuesOf } from './key-form.ts';
import { type ChannelFacts, useChannelFacts } from './use-channel-facts.ts';

interface KeyDrawerProps {
  /** `null` makes a new Proxy-Key. */
  readonly stored: Versioned<'proxy-keys'> | null;
  /** Whose a new one is at first. */
  readonly user?: string;
  readonly onSaved: (saved: Versioned<'proxy-keys'>) => void;
  readonly onClose: () => void;
  /** Begins anew with what somebody else stored meanwhile. */
  readonly onReload: (theirs: Versioned<'proxy-keys'>) => void;
}

function Form({ stored, user = '', facts, ...on }: KeyDrawerProps & { readonly facts: ChannelFacts }) {
  const t = useFormTexts();
  const fieldNames = useFieldNames();
  const models = useModelsTexts();
  const check = useContractRules(KeyMembers, { models: models('bad'), expires_at: t('badTime') });
  const { form, submit, ...saving } = useRecordForm({
    resource: 'proxy-keys',
    stored,
    initialValues: valuesOf(stored?.record ?? { user }, facts.priorities),
    recordOf: membersOf,
    check,
    fields: KEY_FIELDS,
    onSaved: on.onSaved,
  });
  return (
    <RecordDrawer
      title={stored === null ? t('newKey') : t('editKey', { name: titleOf(stored.record) })}
      isDirty={form.isDirty()}
      saving={saving}
      fieldNames={fieldNames}
      {...(stored === null ? { action: t('create') } : {})}
      onSubmit={submit}
      onClose={on.onClose}
      onReload={on.onReload}
    >
      <KeyFields form={form} facts={facts} />
    </RecordDrawer>
  );
}

/** Makes or changes a Proxy-Key. It is made anew each time it opens, so that it begins with what is stored. */
export function KeyDrawer(props: KeyDrawerProps) {
  const { facts, isPending } = useChannelFacts();
  return isPending ? null : <Form {...props} facts={facts} />;
}

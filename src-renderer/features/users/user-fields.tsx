import { Autocomplete, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FailoverField } from '../../ui/failover-field.tsx';
import { errorAt, errorsBelow } from '../../ui/field-errors.ts';
import { LimitsFields } from '../../ui/limits-fields.tsx';
import { ModelsField } from '../../ui/models-field.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { useOfferedModels } from '../../ui/use-offered-models.ts';
import { ChannelAccessField } from './channel-access-field.tsx';
import { useFormTexts } from './form-strings.ts';
import { useDepartments } from './use-departments.ts';
import type { UserValues } from './user-form.ts';
import styles from './users.module.css';

type UserForm = UseFormReturnType<UserValues>;

function Person({ form, isNew }: { readonly form: UserForm; readonly isNew: boolean }) {
  const t = useFormTexts();
  const departments = useDepartments();
  return (
    <>
      <TextInput
        label={t('name')}
        placeholder={t('namePlaceholder')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      {isNew && <TextInput label={t('id')} description={t('idHint')} {...form.getInputProps('id')} />}
      <div className={styles.pair}>
        <Autocomplete
          label={t('department')}
          data={(departments.data ?? []).map(({ department }) => department)}
          limit={20}
          {...form.getInputProps('department')}
        />
        <RecordSelect
          resource="groups"
          label={t('group')}
          placeholder={t('noGroup')}
          clearable
          value={form.values.group}
          onChange={(group) => form.setFieldValue('group', group)}
          error={errorAt(form.errors, 'group') ?? null}
        />
        <TextInput label={t('email')} type="email" {...form.getInputProps('contact.email')} />
        <TextInput label={t('phone')} type="tel" {...form.getInputProps('contact.phone')} />
      </div>
    </>
  );
}

/** The fields of a user. */
export function UserFields({ form, isNew }: { readonly form: UserForm; readonly isNew: boolean }) {
  const t = useFormTexts();
  const { values, errors } = form;
  const offered = useOfferedModels(undefined);
  return (
    <Stack>
      <Person form={form} isNew={isNew} />
      <Switch
        label={t('active')}
        description={t('activeHint')}
        checked={values.status === 'active'}
        onChange={({ currentTarget }) =>
          form.setFieldValue('status', currentTarget.checked ? 'active' : 'disabled')
        }
      />
      <ChannelAccessField
        value={values.channels}
        onChange={(next) => form.setFieldValue('channels', next)}
        error={errorAt(errors, 'channels')}
      />
      <ModelsField
        of="user"
        value={values.models}
        onChange={(next) => form.setFieldValue('models', next)}
        suggestions={offered}
        error={errorAt(errors, 'models')}
      />
      <TagsInput
        label={t('allowlist')}
        description={t('allowlistHint')}
        splitChars={[',', ' ', ';']}
        value={[...values.ip_allowlist]}
        onChange={(next) => form.setFieldValue('ip_allowlist', next)}
        error={errorAt(errors, 'ip_allowlist')}
      />
      <FailoverField
        value={values.failover}
        onChange={(next) => form.setFieldValue('failover', next)}
        inheritedFrom="group"
      />
      <LimitsFields
        value={values.limits}
        onChange={(next) => form.setFieldValue('limits', next)}
        errors={errorsBelow(errors, 'limits')}
      />
      <Textarea label={t('notes')} autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
    </Stack>
  );
}

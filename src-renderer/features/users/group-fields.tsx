import { Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FailoverField } from '../../ui/failover-field.tsx';
import { errorAt, errorsBelow } from '../../ui/field-errors.ts';
import { LimitsFields } from '../../ui/limits-fields.tsx';
import { ModelsField } from '../../ui/models-field.tsx';
import { useOfferedModels } from '../../ui/use-offered-models.ts';
import { ChannelAccessField } from './channel-access-field.tsx';
import { useFormTexts } from './form-strings.ts';
import type { GroupValues } from './group-form.ts';

interface GroupFieldsProps {
  readonly form: UseFormReturnType<GroupValues>;
  readonly isNew: boolean;
}

/** The fields of a group. */
export function GroupFields({ form, isNew }: GroupFieldsProps) {
  const t = useFormTexts();
  const { values, errors } = form;
  const offered = useOfferedModels(values.channels);
  return (
    <Stack>
      <TextInput
        label={t('name')}
        placeholder={t('groupPlaceholder')}
        data-autofocus
        {...form.getInputProps('name')}
      />
      {isNew && <TextInput label={t('id')} description={t('idHint')} {...form.getInputProps('id')} />}
      <ChannelAccessField
        value={values.channels}
        onChange={(next) => form.setFieldValue('channels', next)}
        error={errorAt(errors, 'channels')}
      />
      <ModelsField
        of="group"
        value={values.models}
        onChange={(next) => form.setFieldValue('models', next)}
        suggestions={offered}
        error={errorAt(errors, 'models')}
      />
      <FailoverField
        value={values.failover}
        onChange={(next) => form.setFieldValue('failover', next)}
        inheritedFrom="nobody"
      />
      <LimitsFields
        value={values.limits}
        onChange={(next) => form.setFieldValue('limits', next)}
        errors={errorsBelow(errors, 'limits')}
      />
    </Stack>
  );
}

import { Accordion, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FailoverField } from '../../ui/failover-field.tsx';
import { errorAt, errorsBelow } from '../../ui/field-errors.ts';
import { HAS_EFFECT } from '../../ui/has-effect.ts';
import { LimitsFields } from '../../ui/limits-fields.tsx';
import { ModelsField } from '../../ui/models-field.tsx';
import { RecordSelect } from '../../ui/record-select.tsx';
import { ChannelsField } from './channels-field.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { useFormTexts } from './form-strings.ts';
import type { KeyValues } from './key-form.ts';
import type { ChannelFacts } from './use-channel-facts.ts';

interface KeyFieldsProps {
  readonly form: UseFormReturnType<KeyValues>;
  readonly facts: ChannelFacts;
}

/** The models that some channels say they offer: those of the key, or of all. */
function suggestionsOf({ channels }: KeyValues, { byId }: ChannelFacts): readonly string[] {
  const ids = channels === null ? [...byId.keys()] : channels.map(({ channel }) => channel.id);
  return [...new Set(ids.flatMap((id) => byId.get(id)?.models ?? []))].sort();
}

function More({ form }: Pick<KeyFieldsProps, 'form'>) {
  const t = useFormTexts();
  const { values, errors } = form;
  return (
    <Stack>
      <FailoverField
        value={values.failover}
        onChange={(next) => form.setFieldValue('failover', next)}
        inheritedFrom="userOrGroup"
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

/** The fields of a Proxy-Key. What is rarely set stands folded, and opens where something is wrong in it. */
export function KeyFields({ form, facts }: KeyFieldsProps) {
  const t = useFormTexts();
  const { values, errors } = form;
  const hasErrorBelow = ['failover', 'limits', 'notes'].some((field) => errorAt(errors, field) !== undefined);
  return (
    <Stack>
      <RecordSelect
        resource="users"
        label={t('user')}
        placeholder={t('userPlaceholder')}
        required
        value={values.user}
        onChange={(user) => form.setFieldValue('user', user)}
        error={errorAt(errors, 'user') ?? null}
      />
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        placeholder={t('namePlaceholder')}
        {...form.getInputProps('name')}
      />
      <ChannelsField
        value={values.channels}
        onChange={(next) => form.setFieldValue('channels', next)}
        user={values.user}
        facts={facts}
        error={errorAt(errors, 'channels')}
      />
      <ModelsField
        of="key"
        value={values.models}
        onChange={(next) => form.setFieldValue('models', next)}
        suggestions={suggestionsOf(values, facts)}
        error={errorAt(errors, 'models')}
      />
      <ExpiryField
        value={values.expires_at}
        onChange={(next) => form.setFieldValue('expires_at', next)}
        error={errorAt(errors, 'expires_at')}
      />
      <Accordion variant="separated" {...(hasErrorBelow ? { value: 'more' } : {})}>
        <Accordion.Item value="more">
          <Accordion.Control>{t(HAS_EFFECT.limits ? 'more' : 'notes')}</Accordion.Control>
          <Accordion.Panel>
            <More form={form} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

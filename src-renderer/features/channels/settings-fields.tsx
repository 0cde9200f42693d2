import { Fieldset, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { errorAt } from '../../ui/field-errors.ts';
import { useChoices } from './field-parts.tsx';
import { useChannelFormTexts } from './form-strings.ts';
import { JsonField } from './json-field.tsx';
import { type PlatformFacts, type Setting, settingsIn } from './platform-facts.ts';
import type { ChannelFormState } from './use-channel-form.ts';

interface SettingFieldProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly error: string | undefined;
  /** `undefined` takes it away. */
  readonly onChange: (value: unknown) => void;
}

/** What settings are called that a text is known for; another one goes by its own name. */
const KNOWN = ['api_version', 'stream_usage'] as const;

function useSettingTexts(name: string) {
  const t = useChannelFormTexts();
  const known = KNOWN.find((one) => one === name);
  return known === undefined ? { label: name } : { label: t(known), description: t(`${known}Hint`) };
}

function FlagField({ value, onChange, ...shown }: Omit<SettingFieldProps, 'setting'>) {
  const data = useChoices(undefined);
  return (
    <Select
      {...shown}
      data={data}
      allowDeselect={false}
      value={value === true ? 'yes' : value === false ? 'no' : ''}
      onChange={(chosen) => onChange(chosen === 'yes' ? true : chosen === 'no' ? false : undefined)}
    />
  );
}

/** A setting, by the type that the platform's schema gives it. */
function SettingField({ setting, value, error, onChange }: SettingFieldProps) {
  const shown = { ...useSettingTexts(setting.name), required: setting.isRequired, error };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (setting.kind === 'flag') return <FlagField {...shown} value={value} onChange={onChange} />;
  if (setting.kind === 'choice') {
    const choose = (chosen: string | null): void => onChange(chosen ?? undefined);
    return <Select {...shown} data={setting.options} value={text || null} onChange={choose} clearable />;
  }
  if (setting.kind === 'number') {
    return (
      <NumberInput
        {...shown}
        value={text}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        hideControls
      />
    );
  }
  if (setting.kind === 'json') return <JsonField {...shown} value={value} onChange={onChange} />;
  return (
    <TextInput
      {...shown}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}

interface SettingsFieldsProps {
  readonly form: ChannelFormState;
  readonly platform: PlatformFacts;
}

/** The platform's own settings, as its schema names them; nothing where it has none. */
export function SettingsFields({ form, platform }: SettingsFieldsProps) {
  const t = useChannelFormTexts();
  const settings = settingsIn(platform.settings);
  if (settings.length === 0) return null;
  const { settings: values } = form.values;
  return (
    <Fieldset legend={t('settings')}>
      <Stack gap="sm">
        {settings.map((setting) => (
          <SettingField
            key={setting.name}
            setting={setting}
            value={values[setting.name]}
            error={errorAt(form.errors, `settings.${setting.name}`)}
            onChange={(value) => form.setFieldValue('settings', { ...values, [setting.name]: value })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

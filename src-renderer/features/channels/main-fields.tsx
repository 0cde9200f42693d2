import { Button, Group, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { usualModelsAt } from '../../../src-main/contract/host-models.ts';
import { admin, answer } from '../../api/client.ts';
import { usePlatforms } from '../../api/program-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { errorAt } from '../../ui/field-errors.ts';
import { TextField } from './field-parts.tsx';
import { useChannelFormTexts } from './form-strings.ts';
import { KeyFields } from './key-fields.tsx';
import { needsKey, type PlatformFacts } from './platform-facts.ts';
import { PlatformMark } from './platform-mark.tsx';
import { usePlatformTexts } from './platform-strings.ts';
import { SettingsFields } from './settings-fields.tsx';
import type { ChannelFormState } from './use-channel-form.ts';

interface MainFieldsProps {
  readonly form: ChannelFormState;
  /** `undefined` where the record names a platform that nobody knows. */
  readonly platform: PlatformFacts | undefined;
  /** `null` for a new channel. */
  readonly stored: RecordOf<'channels'> | null;
  /** Back to the choice of a platform, for a new channel. */
  readonly onOther?: (() => void) | undefined;
}

/** Which models a channel serves; the platform's own list helps to choose, once the channel is stored. */
function ModelsField({ form, platform, stored }: MainFieldsProps) {
  const t = useChannelFormTexts();
  const failureText = useFailureText();
  const usual = usualModelsAt(
    form.values.base_url,
    platform?.usual_models_by_host ?? {},
    platform?.usual_models ?? [],
  );
  const list = useMutation({
    mutationFn: async (id: string) =>
      (await answer(admin.channels[':id'].models.$get({ param: { id } }))).models,
  });
  return (
    <Stack gap={6} align="flex-start">
      <TagsInput
        w="100%"
        label={t('models')}
        description={t('modelsHint')}
        {...form.getInputProps('models')}
        data={list.data ?? []}
        error={errorAt(form.errors, 'models')}
        maxDropdownHeight={220}
        limit={100}
      />
      {usual.length > 0 && form.values.models.length === 0 && (
        <Button size="xs" variant="default" onClick={() => form.setFieldValue('models', [...usual])}>
          {t('usualModels', { models: usual.slice(0, 3).join(', ') })}
        </Button>
      )}
      {stored !== null && (
        <Button size="xs" variant="default" loading={list.isPending} onClick={() => list.mutate(stored.id)}>
          {t('loadModels')}
        </Button>
      )}
      <Text size="xs" c={list.isError ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
        {list.isError && failureText(list.error)}
        {list.isSuccess && t('modelsLoaded', { count: list.data.length })}
      </Text>
    </Stack>
  );
}

/** The platform of a stored channel: another one may be chosen, such as for an address that was taken for custom. */
function PlatformField({ form }: Pick<MainFieldsProps, 'form'>) {
  const t = useChannelFormTexts();
  const platforms = usePlatforms().data ?? [];
  const data = platforms.map(({ id, label }) => ({ value: id, label }));
  const current = form.values.platform;
  if (!platforms.some(({ id }) => id === current)) data.unshift({ value: current, label: current });
  return (
    <Select label={t('platform')} {...form.getInputProps('platform')} data={data} allowDeselect={false} />
  );
}

interface ChosenPlatformProps {
  readonly platform: PlatformFacts;
  readonly onOther: () => void;
}

/** Where a new channel leads. */
function ChosenPlatform({ platform, onOther }: ChosenPlatformProps) {
  const t = usePlatformTexts();
  return (
    <Group justify="space-between">
      <Group gap="sm">
        <PlatformMark platform={platform.id} />
        <Text fw={600}>{platform.label}</Text>
      </Group>
      <Button size="xs" variant="subtle" onClick={onOther}>
        {t('other')}
      </Button>
    </Group>
  );
}

function AddressField({ form, platform }: Omit<MainFieldsProps, 'stored'>) {
  const t = useChannelFormTexts();
  const address = platform?.base_url ?? null;
  return (
    <TextInput
      label={t('baseUrl')}
      description={address === null ? t('env') : `${t('baseUrlDefault')} ${t('env')}`}
      placeholder={address ?? 'https://…'}
      required={platform !== undefined && address === null}
      {...form.getInputProps('base_url')}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
    />
  );
}

/** The fields that every channel is asked for. */
export function MainFields({ form, platform, stored, onOther }: MainFieldsProps) {
  const t = useChannelFormTexts();
  return (
    <>
      {stored !== null && <PlatformField form={form} />}
      {platform !== undefined && onOther !== undefined && (
        <ChosenPlatform platform={platform} onOther={onOther} />
      )}
      <TextField form={form} name="name" label={t('name')} isFirst />
      {stored === null && <TextField form={form} name="id" label={t('id')} description={t('idHint')} />}
      <AddressField form={form} platform={platform} />
      <KeyFields form={form} stored={stored ?? {}} isNeeded={platform !== undefined && needsKey(platform)} />
      {platform !== undefined && <SettingsFields form={form} platform={platform} />}
      <ModelsField form={form} platform={platform} stored={stored} />
    </>
  );
}

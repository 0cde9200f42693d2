import { Alert, Button, Group, PasswordInput, Select, Text, TextInput } from '@mantine/core';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useWelcomeTexts } from './strings.ts';
import { useChannelStep, useDemoStart } from './use-channel-step.ts';
import styles from './welcome.module.css';

interface ChannelStepProps {
  readonly isDemo: boolean;
  readonly onDone: () => void;
}

/** A platform that is built in, for whoever has no account. */
function Demo({ isDemo, onDone }: ChannelStepProps) {
  const t = useWelcomeTexts();
  const demo = useDemoStart(onDone);
  return (
    <div className={styles.other}>
      <Text fw={500}>{t('or')}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('demoHint')}
      </Text>
      {isDemo ? (
        <Text size="sm">{t('demoRuns')}</Text>
      ) : (
        <Button variant="default" loading={demo.isPending} onClick={() => demo.mutate()}>
          {t('demo')}
        </Button>
      )}
      {demo.isError && <FailureNote error={demo.error} />}
    </div>
  );
}

type ChannelForm = ReturnType<typeof useChannelStep>;

function Refused({ refused, refusal, saveAnyway }: ChannelForm) {
  const t = useWelcomeTexts();
  return (
    <>
      {refused !== null && (
        <Alert color="orange" variant="light" title={t('testFailed')} role="alert" mt="sm">
          <Text size="sm">{refused}</Text>
          <Button size="xs" variant="default" mt="xs" onClick={saveAnyway}>
            {t('saveAnyway')}
          </Button>
        </Alert>
      )}
      {refusal !== null && (
        <Alert color="red" variant="light" role="alert" mt="sm">
          {refusal}
        </Alert>
      )}
    </>
  );
}

/** The first step: a way to a platform. */
export function ChannelStep({ isDemo, onDone }: ChannelStepProps) {
  const t = useWelcomeTexts();
  const step = useChannelStep(onDone);
  const { form, platforms, platform, testAndSave, isBusy } = step;
  const own = platform?.base_url ?? null;
  return (
    <>
      <form onSubmit={testAndSave} noValidate>
        <div className={styles.fields}>
          <Select
            label={t('platform')}
            data={platforms.map(({ id, label }) => ({ value: id, label }))}
            allowDeselect={false}
            {...form.getInputProps('platform')}
          />
          <PasswordInput
            label={t('apiKey')}
            description={t('apiKeyHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            {...form.getInputProps('api_key')}
          />
          <TextInput
            className={styles.wide ?? ''}
            label={t('baseUrl')}
            description={own === null ? t('baseUrlNeeded') : t('baseUrlHint', { url: own })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('base_url')}
          />
        </div>
        <Refused {...step} />
        <Group mt="md">
          <Button type="submit" loading={isBusy}>
            {t('testAndSave')}
          </Button>
        </Group>
      </form>
      <Demo isDemo={isDemo} onDone={onDone} />
    </>
  );
}

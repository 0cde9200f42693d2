import { Alert, Button, Code, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { User } from '../../../src-main/contract/document.ts';
import { useForget } from '../../api/record-queries.ts';
import { createRecord } from '../../api/records.ts';
import { useContractRules } from '../../ui/contract-rules.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { useUnsaved } from '../../ui/unsaved.ts';
import { useWelcomeTexts } from './strings.ts';
import styles from './welcome.module.css';

/** A Proxy-Key that was made just now. */
export interface MadeKey {
  readonly id: string;
  /** In full. */
  readonly key: string;
  readonly userName: string;
}

interface UserStepProps {
  readonly made: MadeKey | null;
  readonly onMade: (key: MadeKey) => void;
  /** Goes on without another user. */
  readonly onSkip: () => void;
}

interface UserValues {
  readonly name: string;
  readonly department: string;
}

async function makeUser({ name, department }: UserValues): Promise<MadeKey> {
  const members = {
    name: name.trim(),
    ...(department.trim() === '' ? {} : { department: department.trim() }),
  };
  const { record: user } = await createRecord('users', { ...members, channels: '*' });
  const { record } = await createRecord('proxy-keys', { user: user.id, name: members.name });
  return { id: record.id, key: record.key, userName: members.name };
}

/** The key in full, this once. */
function NewKey({ made: { key, userName } }: { readonly made: MadeKey }) {
  const t = useWelcomeTexts();
  return (
    <Alert color="teal" variant="light" role="status">
      {t('keyShown', { name: userName })}
      <Group gap={4} mt="xs" wrap="nowrap">
        <Code>{key}</Code>
        <CopyButton value={key} label={t('copyKey')} />
      </Group>
    </Alert>
  );
}

/** The second step: somebody with a Proxy-Key. */
export function UserStep({ made, onMade, onSkip }: UserStepProps) {
  const t = useWelcomeTexts();
  const common = useCommonTexts();
  const forget = useForget();
  const check = useContractRules(User);
  const form = useForm<UserValues>({
    initialValues: { name: '', department: '' },
    validate: (values) =>
      values.name.trim() === '' ? { name: common('requiredField') } : check({ name: values.name }),
  });
  useUnsaved(made === null && form.isDirty());
  const make = useMutation({
    mutationFn: makeUser,
    onSuccess: async (key) => {
      onMade(key);
      await Promise.all([forget('users'), forget('proxy-keys')]);
    },
  });
  if (made !== null) {
    return (
      <>
        <NewKey made={made} />
        <div>
          <Button onClick={onSkip}>{t('goOn')}</Button>
        </div>
      </>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <div className={styles.fields}>
        <TextInput label={t('userName')} required {...form.getInputProps('name')} />
        <TextInput label={t('department')} {...form.getInputProps('department')} />
      </div>
      {make.isError && <FailureNote error={make.error} />}
      <Group mt="md">
        <Button type="submit" loading={make.isPending}>
          {t('createUser')}
        </Button>
        <Button variant="subtle" onClick={onSkip}>
          {t('skipUser')}
        </Button>
      </Group>
    </form>
  );
}

import { Alert, Select, Stack, Switch, Text } from '@mantine/core';
import { EXPIRY_CHOICES } from '../../../ui/expiry.ts';
import { RecordSelect } from '../../../ui/record-select.tsx';
import { ChannelAccessField } from '../channel-access-field.tsx';
import styles from '../users.module.css';
import { usePeopleTexts } from './strings.ts';
import type { PeopleAnswer, PeopleChoices } from './use-people.ts';

interface PeopleChoicesProps {
  readonly choices: PeopleChoices;
  readonly choose: (changed: Partial<PeopleChoices>) => void;
  readonly answer: PeopleAnswer;
}

const MOST_NAMED = 5;

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown}, …` : shown;
}

/** Channels are asked for only where somebody would have none. */
function Channels({ choices, choose, answer: { counts } }: PeopleChoicesProps) {
  const t = usePeopleTexts();
  const count = counts.without_channels;
  if (count === 0 && choices.channels === undefined) return null;
  return (
    <div>
      <ChannelAccessField
        value={choices.channels}
        onChange={(channels) => choose({ channels })}
        error={undefined}
      />
      <Text size="xs" c="dimmed">
        {t('channelsFor')}
      </Text>
      {count > 0 && (
        <Alert color="orange" variant="light" mt="xs">
          {t('withoutChannels', { count })}
        </Alert>
      )}
    </div>
  );
}

/** How a list of people is taken in. */
export function PeopleChoicesFields(props: PeopleChoicesProps) {
  const { choices, choose, answer } = props;
  const t = usePeopleTexts();
  const missing = answer.unknown_groups;
  return (
    <Stack>
      <Switch
        label={t('keys')}
        checked={choices.keys}
        onChange={({ currentTarget }) => choose({ keys: currentTarget.checked })}
      />
      {missing.length > 0 && (
        <Switch
          label={t('makeGroups', { count: missing.length, names: named(missing) })}
          checked={choices.makeGroups}
          onChange={({ currentTarget }) => choose({ makeGroups: currentTarget.checked })}
        />
      )}
      {(answer.counts.changed > 0 || !choices.update) && (
        <Switch
          label={t('update')}
          checked={choices.update}
          onChange={({ currentTarget }) => choose({ update: currentTarget.checked })}
        />
      )}
      <div className={styles.pair}>
        <Select
          label={t('expires')}
          disabled={!choices.keys}
          allowDeselect={false}
          data={[
            { value: '', label: t('never') },
            ...EXPIRY_CHOICES.map((days) => ({ value: String(days), label: t('days', { count: days }) })),
          ]}
          value={String(choices.expiresInDays ?? '')}
          onChange={(days) => choose({ expiresInDays: days === null || days === '' ? null : Number(days) })}
        />
        <RecordSelect
          resource="groups"
          label={t('group')}
          placeholder={t('noGroup')}
          clearable
          value={choices.group}
          onChange={(group) => choose({ group })}
        />
      </div>
      <Channels {...props} />
    </Stack>
  );
}

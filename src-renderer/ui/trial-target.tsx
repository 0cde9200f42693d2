import { Autocomplete, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DEMO_ID } from '../../src-main/contract/demo-id.ts';
import { admin, answer } from '../api/client.ts';
import type { KeyChannel } from '../api/key-trial.ts';
import { useTrialTexts } from './trial-strings.ts';

interface TrialTargetProps {
  readonly channels: readonly KeyChannel[];
  /** `''` lets the gateway choose. */
  readonly channel: string;
  readonly onChannel: (id: string) => void;
  readonly model: string;
  readonly onModel: (model: string) => void;
}

/** What the platform itself offers, asked only where nothing else is known. */
function useOfferedModels(channel: KeyChannel | undefined): readonly string[] {
  const id = channel?.id ?? '';
  const offered = useQuery({
    queryKey: ['channels', 'models', id],
    queryFn: async () => (await answer(admin.channels[':id'].models.$get({ param: { id } }))).models,
    enabled: channel !== undefined && channel.models.length === 0 && id !== DEMO_ID,
    retry: false,
  });
  return offered.data ?? [];
}

/** Which channel and which model a test request asks. */
export function TrialTarget({ channels, channel, onChannel, model, onModel }: TrialTargetProps) {
  const t = useTrialTexts();
  const chosen = channels.find(({ id }) => id === channel) ?? channels[0];
  const offered = useOfferedModels(chosen);
  const known = chosen?.models ?? [];
  const models = known.length > 0 ? known : offered;
  return (
    <>
      {channels.length > 1 && (
        <Select
          label={t('channel')}
          data={[
            { value: '', label: t('anyChannel') },
            ...channels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={channel}
          onChange={(id) => onChannel(id ?? '')}
          allowDeselect={false}
        />
      )}
      <Autocomplete
        label={t('model')}
        placeholder={t(models.length > 0 ? 'modelHint' : 'noModels')}
        data={[...new Set(models)]}
        value={model}
        onChange={onModel}
        // With a whole name in the field the others can be chosen as well.
        filter={({ options, search }) =>
          models.includes(search)
            ? options
            : options.filter((option) => 'label' in option && option.label.includes(search.trim()))
        }
        limit={100}
      />
    </>
  );
}

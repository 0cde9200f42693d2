import { Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useNames } from '../../api/names.ts';
import { RecordSelect } from '../../ui/record-select.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import {
  type OrderedChannel,
  orderOf,
  prioritiesOf,
  settled,
  withChannel,
  withoutChannel,
  withSharing,
  withWeightOf,
} from './channel-order.ts';
import { ChannelRow } from './channel-row.tsx';
import { useFormTexts } from './form-strings.ts';
import type { ChannelFacts } from './use-channel-facts.ts';
import { useChannelWarning } from './use-channel-warning.ts';
import { usePermittedChannels } from './use-permitted-channels.ts';

interface ChannelsFieldProps {
  /** `null`: all that the user may use. */
  readonly value: readonly OrderedChannel[] | null;
  readonly onChange: (next: readonly OrderedChannel[] | null) => void;
  readonly user: string;
  readonly facts: ChannelFacts;
  readonly error: string | undefined;
}

/** A list to begin with where the user has few: then it is shorter to take some out. */
const FEW = 8;

/** The channels that a key begins with when they are chosen one by one. */
function useFirstOrder(user: string, { byId, priorities }: ChannelFacts): () => readonly OrderedChannel[] {
  const permitted = usePermittedChannels(user);
  return () => {
    const ids = [...byId.keys()].filter((id) => permitted?.includes(id) ?? false);
    return ids.length > FEW
      ? []
      : settled(
          orderOf(
            ids.map((id) => ({ id })),
            priorities,
          ),
        );
  };
}

function Chosen({
  value,
  onChange,
  user,
  facts,
}: ChannelsFieldProps & { readonly value: readonly OrderedChannel[] }) {
  const t = useFormTexts();
  const ids = value.map(({ channel }) => channel.id);
  const names = useNames({ channels: ids }).channels;
  const nameOf = ({ channel: { id } }: OrderedChannel): string => names.get(id) ?? id;
  const warningOf = useChannelWarning(user, facts);
  const priorities = prioritiesOf(value);
  return (
    <Stack gap="xs">
      <SortableList
        label={t('order')}
        items={value}
        itemKey={({ channel }) => channel.id}
        itemName={nameOf}
        numberOf={(_, index) => priorities[index] ?? index + 1}
        onReorder={(next) => onChange(settled(next))}
        render={(one, index) => (
          <ChannelRow
            name={nameOf(one)}
            warning={warningOf(one.channel.id)}
            canShare={index > 0}
            isShared={one.isShared}
            weight={one.channel.weight}
            onShare={(isShared) => onChange(withSharing(value, index, isShared))}
            onWeight={(weight) => onChange(withWeightOf(value, one.channel.id, weight))}
            onRemove={() => onChange(withoutChannel(value, one.channel.id))}
          />
        )}
      />
      {value.length === 0 && (
        <Text size="sm" c="orange">
          {t('channelsNone')}
        </Text>
      )}
      <RecordSelect
        resource="channels"
        label={t('addChannel')}
        placeholder={t('addPlaceholder')}
        exclude={ids}
        value=""
        onChange={(id) => {
          if (id !== '') onChange(withChannel(value, id));
        }}
      />
    </Stack>
  );
}

/** Which channels a key may use, and in which order they are tried. */
export function ChannelsField(props: ChannelsFieldProps) {
  const { value, onChange, user, facts, error } = props;
  const t = useFormTexts();
  const id = useId();
  const firstOrder = useFirstOrder(user, facts);
  return (
    <Input.Wrapper label={t('channels')} error={error} labelElement="div" labelProps={{ id }}>
      <Stack gap="xs" mt={4}>
        <SegmentedControl
          aria-labelledby={id}
          data={[
            { value: 'all', label: t('channelsAll') },
            { value: 'chosen', label: t('channelsChosen') },
          ]}
          value={value === null ? 'all' : 'chosen'}
          onChange={(next) => onChange(next === 'all' ? null : firstOrder())}
        />
        <Text size="xs" c="dimmed">
          {value === null ? t('channelsAllHint') : t('channelsChosenHint')}
        </Text>
        {value !== null && <Chosen {...props} value={value} />}
      </Stack>
    </Input.Wrapper>
  );
}

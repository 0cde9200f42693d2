import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { RecordOf } from '../../api/records.ts';
import { Paging } from '../../ui/paging.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { SortableList } from '../../ui/sortable-list.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { MoveToPlace } from './move-to-place.tsx';
import { PlatformMark } from './platform-mark.tsx';
import { useChannelTexts } from './strings.ts';

type ChannelRecord = RecordOf<'channels'>;

/** As many as can be dragged without a frame that takes long. */
const PER_PAGE = 50;

interface OrderListProps {
  readonly channels: readonly ChannelRecord[];
  readonly onReorder: (channels: readonly ChannelRecord[]) => void;
}

function OrderedChannel({ channel }: { readonly channel: ChannelRecord }) {
  const { id, status, platform } = channel;
  return (
    <Group gap="sm" wrap="nowrap">
      <PlatformMark platform={platform} size={24} />
      <Text fw={500}>{titleOf(channel)}</Text>
      {titleOf(channel) !== id && (
        <Text size="xs" c="dimmed">
          {id}
        </Text>
      )}
      {status === 'disabled' && <StatusBadge status={status} />}
    </Group>
  );
}

/** Channels in an order that is being made, a page of them at a time; a number moves one across pages. */
export function OrderList({ channels, onReorder }: OrderListProps) {
  const t = useChannelTexts();
  const [page, setPage] = useState(1);
  const from = (page - 1) * PER_PAGE;
  const shown = channels.slice(from, from + PER_PAGE);
  const isLong = channels.length > PER_PAGE;
  return (
    <>
      {isLong && <MoveToPlace channels={channels} onReorder={onReorder} />}
      <SortableList
        label={t('orderTitle')}
        items={shown}
        itemKey={({ id }) => id}
        itemName={titleOf}
        numberOf={(_, index) => from + index + 1}
        render={(channel) => <OrderedChannel channel={channel} />}
        onReorder={(next) => onReorder(channels.toSpliced(from, shown.length, ...next))}
      />
      {isLong && <Paging page={page} perPage={PER_PAGE} total={channels.length} onPage={setPage} />}
    </>
  );
}

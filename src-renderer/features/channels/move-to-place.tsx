import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { RecordOf } from '../../api/records.ts';
import { titleOf } from '../../ui/record-title.ts';
import styles from './move-to-place.module.css';
import { movedTo } from './moved-to.ts';
import { useChannelTexts } from './strings.ts';

type ChannelRecord = RecordOf<'channels'>;

interface MoveToPlaceProps {
  readonly channels: readonly ChannelRecord[];
  readonly onReorder: (channels: readonly ChannelRecord[]) => void;
}

const MOST_SHOWN = 50;

/** Moves one channel to a place that is named by its number: dragging through hundreds would take minutes. */
export function MoveToPlace({ channels, onReorder }: MoveToPlaceProps) {
  const t = useChannelTexts();
  const [id, setId] = useState<string | null>(null);
  const [place, setPlace] = useState<string | number>(1);
  const data = channels.map((channel, at) => ({
    value: channel.id,
    label: `${at + 1}. ${titleOf(channel)}`,
  }));
  const move = (): void => onReorder(movedTo(channels, id ?? '', Number(place)));
  return (
    <div className={styles.bar}>
      <Select
        label={t('moveChannel')}
        data={data}
        value={id}
        onChange={setId}
        searchable
        limit={MOST_SHOWN}
      />
      <NumberInput
        label={t('toPlace')}
        value={place}
        onChange={setPlace}
        min={1}
        max={channels.length}
        clampBehavior="blur"
        allowDecimal={false}
      />
      <Button variant="default" disabled={id === null || place === ''} onClick={move}>
        {t('move')}
      </Button>
    </div>
  );
}

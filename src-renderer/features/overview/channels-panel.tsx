import { Anchor, Button, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useRecords } from '../../api/record-queries.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { ChannelStateBadge } from '../../ui/channel-state-badge.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useChannelFigures } from '../../ui/use-channel-figures.ts';
import { WhenWritable } from '../../ui/when-writable.tsx';
import { type ChannelRow, channelRows } from './channel-rows.ts';
import styles from './overview.module.css';
import { useOverviewTexts } from './strings.ts';

const MOST_ASKED = 500;
const MOST_SHOWN = 7;

function Row({ row: { id, name, state, requests, successRate } }: { readonly row: ChannelRow }) {
  const t = useOverviewTexts();
  const { compact, percent } = useFormats();
  return (
    <li>
      <div className={styles.words}>
        <Anchor component={Link} href={`/channels/${encodeURIComponent(id)}`} fw={500}>
          {name}
        </Anchor>
        {requests > 0 && (
          <Text size="xs" c="dimmed">
            {t('channelUse', { count: requests, requests: compact(requests), rate: percent(successRate) })}
          </Text>
        )}
      </div>
      <div className={styles.aside}>
        <ChannelStateBadge state={state} />
      </div>
    </li>
  );
}

function None() {
  const t = useOverviewTexts();
  return (
    <Empty title={t('noChannels')}>
      <WhenWritable>
        <Button component={Link} href="/welcome" variant="default">
          {t('addChannel')}
        </Button>
      </WhenWritable>
    </Empty>
  );
}

/** The channels and how they do, those that need somebody first. */
export function ChannelsPanel() {
  const t = useOverviewTexts();
  const channels = useRecords('channels', { per_page: MOST_ASKED, sort: 'priority' });
  const figures = useChannelFigures();
  const toAll = (
    <Anchor component={Link} href="/channels" size="sm">
      {t('allChannels')}
    </Anchor>
  );
  return (
    <Panel title={t('channels')} actions={toAll}>
      <AnswerView query={channels} lines={4}>
        {({ items }) => {
          const rows = channelRows(items, figures.data?.byId ?? new Map());
          if (rows.length === 0) return <None />;
          return (
            <ul className={styles.rows}>
              {rows.slice(0, MOST_SHOWN).map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
          );
        }}
      </AnswerView>
    </Panel>
  );
}

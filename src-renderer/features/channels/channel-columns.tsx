import { Anchor, Code, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { stateOf, successRate } from '../../ui/channel-state.ts';
import { ChannelStateBadge } from '../../ui/channel-state-badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { titleOf } from '../../ui/record-title.ts';
import type { RecentFigures } from '../../ui/use-channel-figures.ts';
import styles from './channel-columns.module.css';
import { ChannelMenu } from './channel-menu.tsx';
import { channelPath } from './channel-path.ts';
import { storedKeys } from './key-rows.ts';
import { type PlatformFacts, platformNamed } from './platform-facts.ts';
import { PlatformMark } from './platform-mark.tsx';
import { useChannelTexts } from './strings.ts';

type ChannelRecord = RecordOf<'channels'>;

interface ColumnsOptions {
  readonly platforms: readonly PlatformFacts[] | undefined;
  readonly figures: RecentFigures | undefined;
  readonly onTest: (channel: ChannelRecord) => void;
}

function ChannelName({ channel, platform }: { channel: ChannelRecord; platform: PlatformFacts | undefined }) {
  const { id } = channel;
  return (
    <Group gap="sm" wrap="nowrap">
      <div className={styles.mark}>
        <PlatformMark platform={platform?.id ?? channel.platform} />
      </div>
      <div>
        <Anchor component={Link} href={channelPath(id)} fw={500} size="sm">
          {titleOf(channel)}
        </Anchor>
        <Text size="xs" c="dimmed">
          {titleOf(channel) === id ? '' : `${id} · `}
          {platform?.label ?? channel.platform}
        </Text>
      </div>
    </Group>
  );
}

function Faint({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function KeyCell({ channel }: { readonly channel: ChannelRecord }) {
  const t = useChannelTexts();
  const keys = storedKeys(channel);
  const [only] = keys;
  if (only === undefined) return <Faint>{t('noKey')}</Faint>;
  return keys.length === 1 ? (
    <Code className={styles.key ?? ''}>{only}</Code>
  ) : (
    t('keys', { count: keys.length })
  );
}

const MOST_MODELS = 2;

function ModelsCell({ models = [] }: { readonly models?: readonly string[] | undefined }) {
  const t = useChannelTexts();
  if (models.length === 0) return <Faint>{t('allModels')}</Faint>;
  const more = models.length - MOST_MODELS;
  return (
    <Text size="sm">
      {models.slice(0, MOST_MODELS).join(', ')} {more > 0 && t('moreModels', { number: more })}
    </Text>
  );
}

/** The columns of the list of channels. */
export function useChannelColumns({ platforms, figures, onTest }: ColumnsOptions) {
  const t = useChannelTexts();
  const { percent, milliseconds, number, time } = useFormats();
  return useMemo((): readonly Column<ChannelRecord>[] => {
    const of = ({ id }: ChannelRecord) => figures?.byId.get(id);
    const hint = figures === undefined ? '' : t('stateHint', { since: time(figures.since) });
    return [
      {
        key: 'priority',
        header: t('priority'),
        sort: 'priority',
        isFigure: true,
        isExtra: true,
        render: ({ priority }) => priority ?? NOTHING,
      },
      {
        key: 'name',
        header: t('channel'),
        sort: 'name',
        render: (channel) => (
          <ChannelName channel={channel} platform={platformNamed(platforms, channel.platform)} />
        ),
      },
      { key: 'key', header: t('key'), isExtra: true, render: (channel) => <KeyCell channel={channel} /> },
      {
        key: 'models',
        header: t('models'),
        isExtra: true,
        render: ({ models }) => <ModelsCell models={models} />,
      },
      {
        key: 'state',
        header: t('state'),
        render: (channel) => <ChannelStateBadge state={stateOf(channel.status, of(channel))} hint={hint} />,
      },
      {
        key: 'success',
        header: t('successRate'),
        isFigure: true,
        isExtra: true,
        render: (channel) => {
          const own = of(channel);
          return percent(own === undefined ? null : successRate(own));
        },
      },
      {
        key: 'latency',
        header: t('latency'),
        isFigure: true,
        isExtra: true,
        render: (channel) => milliseconds(of(channel)?.latency_ms_percentiles['50'] ?? null),
      },
      {
        key: 'requests',
        header: t('requests'),
        isFigure: true,
        isExtra: true,
        render: (channel) => number(of(channel)?.requests ?? 0),
      },
      {
        key: 'actions',
        header: t('actionsColumn'),
        render: (channel) => <ChannelMenu channel={channel} onTest={() => onTest(channel)} />,
      },
    ];
  }, [t, percent, milliseconds, number, time, platforms, figures, onTest]);
}

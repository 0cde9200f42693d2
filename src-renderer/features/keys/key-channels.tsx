import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useNames } from '../../api/names.ts';
import type { RecordOf } from '../../api/records.ts';
import { Panel } from '../../ui/panel.tsx';
import { type OrderedChannel, orderOf, prioritiesOf } from './channel-order.ts';
import styles from './keys.module.css';
import { useKeysTexts } from './strings.ts';
import { useChannelFacts } from './use-channel-facts.ts';
import { useChannelWarning } from './use-channel-warning.ts';

interface OrderProps {
  readonly order: readonly OrderedChannel[];
  readonly warningOf: (id: string) => string | null;
}

function Order({ order, warningOf }: OrderProps) {
  const t = useKeysTexts();
  const names = useNames({ channels: order.map(({ channel }) => channel.id) }).channels;
  const priorities = prioritiesOf(order);
  return (
    <ol className={styles.order}>
      {order.map(({ channel: { id, weight } }, index) => (
        <li key={id}>
          <span className={styles.number}>{priorities[index]}</span>
          <Anchor component={Link} href={`/channels/${encodeURIComponent(id)}`}>
            {names.get(id) ?? id}
          </Anchor>
          {weight !== undefined && (
            <Text span c="dimmed">
              {t('shared', { weight })}
            </Text>
          )}
          {warningOf(id) !== null && (
            <Text span size="sm" c="orange">
              {warningOf(id)}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Which channels a Proxy-Key may use, in the order in which they are tried. */
export function KeyChannels({ record: { channels, user } }: { readonly record: RecordOf<'proxy-keys'> }) {
  const t = useKeysTexts();
  const { facts } = useChannelFacts(channels !== undefined);
  const warningOf = useChannelWarning(channels === undefined ? '' : user, facts);
  const order = channels === undefined ? null : orderOf(channels, facts.priorities);
  return (
    <Panel title={t('order')}>
      {order === null && <Text c="dimmed">{t('allChannels')}</Text>}
      {order?.length === 0 && <Text c="orange">{t('noChannels')}</Text>}
      {order !== null && order.length > 0 && <Order order={order} warningOf={warningOf} />}
    </Panel>
  );
}

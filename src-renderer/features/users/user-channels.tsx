import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useRecord, useRecords } from '../../api/record-queries.ts';
import type { RecordOf } from '../../api/records.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Panel } from '../../ui/panel.tsx';
import { titleOf } from '../../ui/record-title.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type PermittedChannel, permittedChannels } from './permitted-channels.ts';
import { useUsersTexts } from './strings.ts';
import styles from './users.module.css';

const MOST_ASKED = 500;
const MOST_SHOWN = 12;

type User = RecordOf<'users'>;

interface ChannelLineProps {
  readonly permitted: PermittedChannel;
  /** The name of the user's group. */
  readonly group: string;
}

function ChannelLine({ permitted, group }: ChannelLineProps) {
  const t = useUsersTexts();
  const { id, channel, isOwn, isOfGroup } = permitted;
  return (
    <li className={styles.line}>
      <Anchor component={Link} size="sm" href={`/channels/${encodeURIComponent(id)}`}>
        {channel === null ? id : titleOf(channel)}
      </Anchor>
      <Group gap="xs">
        {isOwn && <Badge variant="default">{t('own')}</Badge>}
        {isOfGroup && <Badge variant="default">{t('ofGroup', { group })}</Badge>}
        {channel?.status === 'disabled' && <StatusBadge status="disabled" />}
      </Group>
    </li>
  );
}

/** The channels a user may use, and why. */
export function UserChannels({ user }: { readonly user: User }) {
  const t = useUsersTexts();
  const channels = useRecords('channels', { per_page: MOST_ASKED, sort: 'priority' });
  const group = useRecord('groups', user.group ?? null).data?.record ?? null;
  return (
    <Panel title={t('permitted')}>
      <AnswerView query={channels}>
        {({ items }) => {
          const permitted = permittedChannels(user, group, items);
          if (permitted.length === 0) return <Empty title={t('noPermitted')} />;
          const more = permitted.length - MOST_SHOWN;
          return (
            <>
              <ul className={styles.lines}>
                {permitted.slice(0, MOST_SHOWN).map((one) => (
                  <ChannelLine key={one.id} permitted={one} group={group === null ? '' : titleOf(group)} />
                ))}
              </ul>
              {more > 0 && (
                <Text size="sm" c="dimmed">
                  {t('moreChannels', { count: more })}
                </Text>
              )}
            </>
          );
        }}
      </AnswerView>
    </Panel>
  );
}

import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { RecordOf } from '../../api/records.ts';
import { type PermittedChannel, useUserChannels } from '../../api/user-channels.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { useUsersTexts } from './strings.ts';
import styles from './users.module.css';

const MOST_SHOWN = 12;

function ChannelLine({ permitted }: { readonly permitted: PermittedChannel }) {
  const t = useUsersTexts();
  const { id, name, status, own, group } = permitted;
  return (
    <li className={styles.line}>
      <Anchor component={Link} size="sm" href={`/channels/${encodeURIComponent(id)}`}>
        {name ?? id}
      </Anchor>
      <Group gap="xs">
        {own && <Badge variant="default">{t('own')}</Badge>}
        {group !== null && <Badge variant="default">{t('ofGroup', { group: group.name ?? group.id })}</Badge>}
        {status === 'disabled' && <StatusBadge status="disabled" />}
      </Group>
    </li>
  );
}

/** The channels a user may use, and why. */
export function UserChannels({ user }: { readonly user: RecordOf<'users'> }) {
  const t = useUsersTexts();
  const query = useUserChannels(user.id);
  return (
    <Panel title={t('permitted')}>
      <AnswerView query={query}>
        {(permitted) => {
          if (permitted.length === 0) return <Empty title={t('noPermitted')} />;
          const more = permitted.length - MOST_SHOWN;
          return (
            <>
              <ul className={styles.lines}>
                {permitted.slice(0, MOST_SHOWN).map((one) => (
                  <ChannelLine key={one.id} permitted={one} />
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

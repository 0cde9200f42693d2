import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { type Names, useNames } from '../../api/names.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useErrorReason } from '../../ui/use-error-reason.ts';
import { type ErrorGroup, latestErrors } from './latest-errors.ts';
import styles from './overview.module.css';
import { useOverviewTexts } from './strings.ts';
import { useFailures } from './use-overview.ts';

const MOST_SHOWN = 6;

function Row({ group, names }: { readonly group: ErrorGroup; readonly names: Names }) {
  const t = useOverviewTexts();
  const { relative } = useFormats();
  const reasonOf = useErrorReason();
  const { request_id, user, channel, model, time } = group.newest;
  const who = user === null ? t('nobody') : (names.users.get(user) ?? user);
  const where = channel === null ? null : (names.channels.get(channel) ?? channel);
  return (
    <li>
      <div className={styles.words}>
        <Anchor component={Link} href={`/requests/${encodeURIComponent(request_id)}`} fw={500}>
          {reasonOf(group.newest).reason}
        </Anchor>
        <Text size="xs" c="dimmed">
          {[who, model, where].filter((part) => part !== null && part !== '').join(' · ')}
        </Text>
      </div>
      <Text size="xs" c="dimmed" className={styles.aside}>
        {relative(time)}
        {group.times > 1 && <div>{t('times', { count: group.times })}</div>}
      </Text>
    </li>
  );
}

function Errors({ groups }: { readonly groups: readonly ErrorGroup[] }) {
  const t = useOverviewTexts();
  const names = useNames({
    users: groups.map(({ newest }) => newest.user),
    channels: groups.map(({ newest }) => newest.channel),
  });
  if (groups.length === 0) return <Text c="dimmed">{t('noErrors')}</Text>;
  return (
    <ul className={styles.rows}>
      {groups.map((group) => (
        <Row key={group.newest.request_id} group={group} names={names} />
      ))}
    </ul>
  );
}

/** What failed last, and why, in plain words. @param told by the live feed since the page was opened */
export function ErrorsPanel({ told }: { readonly told: readonly LoggedRequest[] }) {
  const t = useOverviewTexts();
  const failures = useFailures();
  const toAll = (
    <Anchor component={Link} href="/requests" size="sm">
      {t('allErrors')}
    </Anchor>
  );
  return (
    <Panel title={t('errors')} actions={toAll}>
      <AnswerView query={failures} lines={4}>
        {(read) => <Errors groups={latestErrors(told, read, MOST_SHOWN)} />}
      </AnswerView>
    </Panel>
  );
}

import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { AnswerView } from '../../ui/answer-view.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useCommonTexts } from '../../ui/strings.ts';
import { Tiles } from '../../ui/tiles.tsx';
import styles from './overview.module.css';
import { useOverviewTexts } from './strings.ts';
import { type TodayGroup, useToday } from './use-overview.ts';

interface TopProps {
  readonly title: string;
  readonly groups: readonly TodayGroup[];
  readonly currency: string | null;
  readonly nameOf: (group: TodayGroup) => ReactNode;
}

function Top({ title, groups, currency, nameOf }: TopProps) {
  const t = useOverviewTexts();
  const { compact, cost } = useFormats();
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      <ul className={styles.rows}>
        {groups.map((group) => (
          <li key={group.user ?? group.model}>
            <div className={styles.words}>{nameOf(group)}</div>
            <div className={styles.aside}>
              {t('useToday', { count: group.requests, requests: compact(group.requests) })}
              {group.cost !== null && group.cost > 0 && ` · ${cost(group.cost, currency)}`}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A user's name, with the way to them; requests that were refused have none. */
function UserName({ group: { user = '', name } }: { readonly group: TodayGroup }) {
  const t = useOverviewTexts();
  if (user === '') return t('nobody');
  return (
    <Anchor component={Link} href={`/users/${encodeURIComponent(user)}`}>
      {name ?? user}
    </Anchor>
  );
}

/** What today cost so far, and who and what used most. A day begins where the counters' day does. */
export function TodayPanel() {
  const t = useOverviewTexts();
  const common = useCommonTexts();
  const { cost } = useFormats();
  return (
    <Panel
      title={t('today')}
      actions={
        <Anchor component={Link} href="/usage" size="sm">
          {t('toUsage')}
        </Anchor>
      }
    >
      <AnswerView query={useToday()} lines={4}>
        {({ users, models }) => {
          const { total, currency } = users;
          if (total.requests === 0) return <Text c="dimmed">{t('noneToday')}</Text>;
          return (
            <>
              <Text mb="sm">
                {t('costToday')} <b>{cost(total.cost, currency)}</b>
                {total.unpriced > 0 && ` (${common('unpriced', { count: total.unpriced })})`}
              </Text>
              <Tiles wide>
                <Top
                  title={t('topUsers')}
                  groups={users.items}
                  currency={currency}
                  nameOf={(group) => <UserName group={group} />}
                />
                <Top
                  title={t('topModels')}
                  groups={models.items}
                  currency={currency}
                  nameOf={({ model }) => (model === undefined || model === '' ? t('noModel') : model)}
                />
              </Tiles>
            </>
          );
        }}
      </AnswerView>
    </Panel>
  );
}

import { Text } from '@mantine/core';
import { useNames } from '../../api/names.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { useOverviewTexts } from './strings.ts';
import { useOpenSessions } from './use-overview.ts';

const MOST_SHOWN = 10;

type Sessions = NonNullable<ReturnType<typeof useOpenSessions>['data']>;
type Session = Sessions['items'][number];

function useColumns(sessions: readonly Session[]): readonly Column<Session>[] {
  const t = useOverviewTexts();
  const { relative, number } = useFormats();
  const names = useNames({
    users: sessions.map(({ user }) => user),
    channels: sessions.map(({ channel }) => channel),
  });
  return [
    {
      key: 'user',
      header: t('sessionUser'),
      render: ({ user }) => names.users.get(user ?? '') ?? user ?? t('nobody'),
    },
    { key: 'model', header: t('sessionModel'), render: ({ model, endpoint }) => model ?? endpoint },
    {
      key: 'channel',
      header: t('sessionChannel'),
      isExtra: true,
      render: ({ channel }) => names.channels.get(channel ?? '') ?? channel ?? NOTHING,
    },
    { key: 'since', header: t('sessionSince'), render: ({ start_time }) => relative(start_time) },
    {
      key: 'messages',
      header: t('sessionMessages'),
      isFigure: true,
      render: ({ messages_in, messages_out }) => `${number(messages_in)} / ${number(messages_out)}`,
    },
  ];
}

function Open({ items, total }: Sessions) {
  const t = useOverviewTexts();
  const { number } = useFormats();
  const shown = items.slice(0, MOST_SHOWN);
  const columns = useColumns(shown);
  if (total === 0) return <Text c="dimmed">{t('noSessions')}</Text>;
  return (
    <>
      <DataTable
        label={t('sessions')}
        columns={columns}
        rows={shown}
        rowKey={({ request_id }) => request_id}
      />
      {total > shown.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('moreSessions', { shown: number(shown.length), total: number(total) })}
        </Text>
      )}
    </>
  );
}

/** The WebSocket sessions that are open now. */
export function SessionsPanel() {
  const t = useOverviewTexts();
  const { number } = useFormats();
  const sessions = useOpenSessions();
  const total = sessions.data?.total ?? 0;
  return (
    <Panel title={total === 0 ? t('sessions') : `${t('sessions')} (${number(total)})`}>
      <AnswerView query={sessions} lines={2}>
        {(data) => <Open {...data} />}
      </AnswerView>
    </Panel>
  );
}

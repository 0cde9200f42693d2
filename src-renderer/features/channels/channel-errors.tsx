import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { admin, answer } from '../../api/client.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { Panel } from '../../ui/panel.tsx';
import { rangeUntilNow } from '../../ui/time-range.ts';
import { useErrorReason } from '../../ui/use-error-reason.ts';
import { useChannelPageTexts } from './page-strings.ts';

const OUTCOMES = [
  ['platform_error', 'platformErrors'],
  ['client_error', 'clientErrors'],
  ['gateway_error', 'gatewayErrors'],
] as const;
const MOST = 8;
const EVERY_MS = 30_000;

/** The newest failures. */
function useLatestErrors(channel: string) {
  return useQuery({
    queryKey: ['requests', 'errors', channel],
    queryFn: async () => {
      const range = rangeUntilNow('24h', Date.now());
      const query = { ...range, channel, outcome: 'failure', limit: String(MOST) };
      return (await answer(admin.requests.$get({ query }))).items;
    },
    refetchInterval: EVERY_MS,
  });
}

type Failed = NonNullable<ReturnType<typeof useLatestErrors>['data']>[number];

function useErrorColumns(): readonly Column<Failed>[] {
  const t = useChannelPageTexts();
  const { relative, exactTime } = useFormats();
  const reasonOf = useErrorReason();
  return [
    {
      key: 'time',
      header: t('when'),
      render: ({ time, request_id }) => (
        <Anchor
          component={Link}
          href={`/requests/${encodeURIComponent(request_id)}`}
          size="sm"
          title={exactTime(time)}
        >
          {relative(time)}
        </Anchor>
      ),
    },
    {
      key: 'status',
      header: t('testStatus'),
      render: ({ status }) => (
        <Badge color={status >= 500 ? 'red' : 'orange'} variant="light">
          {status}
        </Badge>
      ),
    },
    {
      key: 'reason',
      header: t('reason'),
      render: (failed) => (
        <>
          <Text size="sm">{reasonOf(failed).reason}</Text>
          {failed.error_message !== null && (
            <Text size="xs" c="dimmed" lineClamp={2}>
              {failed.error_message}
            </Text>
          )}
        </>
      ),
    },
    { key: 'model', header: t('model'), isExtra: true, render: ({ model }) => model ?? NOTHING },
    { key: 'endpoint', header: t('endpoint'), isExtra: true, render: ({ endpoint }) => endpoint },
  ];
}

/** What went wrong on a channel lately, and the way to all of it. */
export function ChannelErrors({ id }: { readonly id: string }) {
  const t = useChannelPageTexts();
  const errors = useLatestErrors(id);
  const columns = useErrorColumns();
  const links = (
    <Group gap="sm">
      {OUTCOMES.map(([outcome, text]) => (
        <Anchor
          key={outcome}
          component={Link}
          href={`/requests?channel=${encodeURIComponent(id)}&outcome=${outcome}`}
          size="sm"
        >
          {t(text)}
        </Anchor>
      ))}
    </Group>
  );
  return (
    <Panel title={t('errors')} actions={links}>
      <AnswerView query={errors}>
        {(items) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('noErrors')}</Text>
          ) : (
            <DataTable
              label={t('errors')}
              columns={columns}
              rows={items}
              rowKey={({ request_id }) => request_id}
            />
          )
        }
      </AnswerView>
    </Panel>
  );
}

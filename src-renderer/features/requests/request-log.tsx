import { Button, Center, Group, Loader, Text } from '@mantine/core';
import { IconListDetails, IconSearchOff } from '@tabler/icons-react';
import { useCallback } from 'react';
import { Link } from 'wouter';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import { isFiltered } from './request-filter.ts';
import { RequestList } from './request-list.tsx';
import { useRequestTexts } from './strings.ts';
import type { LogState } from './use-log-address.ts';
import type { useRequestLog } from './use-request-log.ts';

interface RequestLogProps {
  readonly log: ReturnType<typeof useRequestLog>;
  /** What came in live, and the log behind it. */
  readonly rows: readonly LoggedRequest[];
  readonly state: LogState;
}

function NothingHere({ state }: { readonly state: LogState }) {
  const t = useRequestTexts();
  if (isFiltered(state.address)) {
    return (
      <Empty icon={<IconSearchOff size={40} stroke={1.2} />} title={t('noMatch')}>
        <Button variant="default" onClick={state.clear}>
          {t('clear')}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconListDetails size={40} stroke={1.2} />} title={t('noRequests')}>
      <Text c="dimmed">{t('noRequestsHint')}</Text>
      <Button component={Link} href="/connect" variant="default">
        {t('connect')}
      </Button>
    </Empty>
  );
}

/** What stands beneath the last row: whether there is more, and how to get there. */
function LogEnd({ log, state }: Pick<RequestLogProps, 'log' | 'state'>) {
  const t = useRequestTexts();
  const { shortTime } = useFormats();
  const { query, isSearching, isFull, rows } = log;
  const oldest = rows.at(-1);
  if (query.isFetching) {
    return (
      <Group gap="sm" role="status">
        <Loader size="xs" />
        {rows.length === 0 ? t('searching') : t('loadingMore')}
      </Group>
    );
  }
  if (query.isError) return <FailureNote error={query.error} onRetry={() => void query.fetchNextPage()} />;
  if (isFull && oldest !== undefined) {
    const goOn = (): void => state.change({ range: '', start_time: '', end_time: oldest.time });
    return (
      <Group gap="sm">
        {t('full', { count: rows.length, time: shortTime(oldest.time) })}
        <Button size="xs" variant="default" onClick={goOn}>
          {t('goOn')}
        </Button>
      </Group>
    );
  }
  if (isSearching) {
    return (
      <Group gap="sm">
        {t('searchedSoFar')}
        <Button size="xs" variant="default" onClick={() => void query.fetchNextPage()}>
          {t('searchOn')}
        </Button>
      </Group>
    );
  }
  return query.hasNextPage || rows.length === 0 ? null : <span>{t('theEnd')}</span>;
}

/** The log with all that can be said instead of it. */
export function RequestLog({ log, rows, state }: RequestLogProps) {
  const { query, isSearching } = log;
  const { hasNextPage, isFetching, fetchNextPage, isError } = query;
  const readOn = useCallback(() => {
    // What is searched in vain is gone on with when the reader says so.
    if (hasNextPage && !isFetching && !isSearching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isSearching, isError, fetchNextPage]);
  if (query.isError && rows.length === 0) {
    return <FailureNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  const isEmpty = rows.length === 0 && !query.isFetching && !isSearching;
  return (
    <>
      {isEmpty ? (
        <NothingHere state={state} />
      ) : (
        rows.length > 0 && <RequestList rows={rows} onNearEnd={readOn} />
      )}
      <Center mih="3rem" c="dimmed" fz="sm">
        <LogEnd log={log} state={state} />
      </Center>
    </>
  );
}

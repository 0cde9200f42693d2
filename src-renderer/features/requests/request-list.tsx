import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { useNames } from '../../api/names.ts';
import { useFormats } from '../../ui/formats.ts';
import styles from './request-list.module.css';
import { RequestRow } from './request-row.tsx';
import { useRequestTexts } from './strings.ts';

interface RequestListProps {
  readonly rows: readonly LoggedRequest[];
  /** Called when the last rows come into sight. */
  readonly onNearEnd: () => void;
}

const ROW_PX = 40;
/** Where the window is narrow, a row has three lines. */
const NARROW_ROW_PX = 84;
const NEAR_END_ROWS = 30;
const OVERSCAN_ROWS = 12;

/** Where the list begins on the page, which changes with what stands above it. */
function useListTop() {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
  });
  return { ref, top };
}

function Head() {
  const t = useRequestTexts();
  const { zone } = useFormats();
  const names = ['time', 'outcome', 'user', 'channel', 'model', 'endpoint', 'latency', 'tokens'] as const;
  return (
    <thead className={styles.heading}>
      <tr className={styles.head}>
        {names.map((name) => (
          <th key={name} className={styles[name]}>
            {name === 'time' ? t('timeIn', { zone: zone() }) : t(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The log in rows, of which only those in sight are on the page. */
export function RequestList(props: RequestListProps) {
  const height = useMediaQuery('(max-width: 48rem)') === true ? NARROW_ROW_PX : ROW_PX;
  return <Rows key={height} {...props} height={height} />;
}

function Rows({ rows, onNearEnd, height }: RequestListProps & { readonly height: number }) {
  const t = useRequestTexts();
  const search = useSearch();
  const { ref, top } = useListTop();
  const list = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: OVERSCAN_ROWS,
    scrollMargin: top,
  });
  const inSight = list.getVirtualItems();
  const shown = inSight.flatMap(({ index, start }) => {
    const request = rows[index];
    return request === undefined ? [] : [{ request, start: start - top }];
  });
  const names = useNames({
    users: shown.map(({ request }) => request.user),
    channels: shown.map(({ request }) => request.channel),
  });
  const lastShown = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - NEAR_END_ROWS) onNearEnd();
  }, [lastShown, rows.length, onNearEnd]);
  const nameIn = (known: ReadonlyMap<string, string>, id: string | null): string | null =>
    id === null ? null : (known.get(id) ?? id);
  const query = search === '' ? '' : `?${search}`;

  return (
    <table aria-label={t('log')} aria-rowcount={-1} className={styles.table}>
      <Head />
      <tbody ref={ref} className={styles.body} style={{ height: list.getTotalSize() }}>
        {shown.map(({ request, start }) => (
          <RequestRow
            key={request.request_id}
            request={request}
            userName={nameIn(names.users, request.user)}
            channelName={nameIn(names.channels, request.channel)}
            path={`/requests/${encodeURIComponent(request.request_id)}${query}`}
            top={start}
            height={height}
          />
        ))}
      </tbody>
    </table>
  );
}

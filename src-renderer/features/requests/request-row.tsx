import { memo } from 'react';
import { Link } from 'wouter';
import type { LoggedRequest } from '../../api/live-feed.ts';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import { OutcomeBadge } from '../../ui/outcome-badge.tsx';
import styles from './request-list.module.css';
import { useRequestTexts } from './strings.ts';

interface RequestRowProps {
  readonly request: LoggedRequest;
  readonly userName: string | null;
  readonly channelName: string | null;
  /** Of its detail. */
  readonly path: string;
  /** Pixels from the start of the list. */
  readonly top: number;
  readonly height: number;
}

/** One line of the log. The link over the time is the whole row for a mouse, and one stop for a keyboard. */
export const RequestRow = memo(function RequestRow({
  request,
  userName,
  channelName,
  ...at
}: RequestRowProps) {
  const t = useRequestTexts();
  const { shortTime, exactTime, milliseconds, compact } = useFormats();
  const { tokens_in, tokens_out } = request;
  const figure = (value: number | null): string => (value === null ? NOTHING : compact(value));
  return (
    <tr className={styles.row} style={{ transform: `translateY(${at.top}px)`, height: at.height }}>
      <td className={styles.time}>
        <Link href={at.path} className={styles.link} title={exactTime(request.time)}>
          {shortTime(request.time)}
        </Link>
      </td>
      <td className={styles.outcome}>
        <OutcomeBadge outcome={request.outcome} status={request.status} />
      </td>
      <td className={styles.user} title={userName ?? ''}>
        {userName ?? <span className={styles.none}>{t('nobody')}</span>}
      </td>
      <td className={styles.channel} title={channelName ?? ''}>
        {channelName ?? <span className={styles.none}>{NOTHING}</span>}
      </td>
      <td className={styles.model} title={request.model ?? ''}>
        {request.model ?? <span className={styles.none}>{NOTHING}</span>}
      </td>
      <td className={styles.endpoint} title={request.endpoint}>
        {request.endpoint}
      </td>
      <td className={styles.latency}>{milliseconds(request.latency_ms)}</td>
      <td className={styles.tokens}>
        {tokens_in === null && tokens_out === null ? NOTHING : `${figure(tokens_in)} / ${figure(tokens_out)}`}
      </td>
    </tr>
  );
});

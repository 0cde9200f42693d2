import { ActionIcon, Anchor, Group } from '@mantine/core';
import { IconFilter, IconListDetails } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import type { Column } from '../../ui/data-table.tsx';
import { useFormats } from '../../ui/formats.ts';
import { MEASURES, type MeasureName, measureOf, measureText } from './measures.ts';
import { useUsageTexts } from './strings.ts';
import type { UsageRow } from './table-rows.ts';
import type { Grouping } from './usage-address.ts';
import type { TimelineAnswer } from './usage-answer.ts';
import styles from './usage-table.module.css';
import { usePeriodText } from './use-titles.ts';
import type { UsageState } from './use-usage-address.ts';

/** Where a record of a grouping is shown. */
const PLACES: Readonly<Partial<Record<Grouping, string>>> = {
  user: '/users',
  key: '/keys',
  channel: '/channels',
};
/** The filter of the log that a grouping stands for. */
const LOG_FILTERS: Readonly<Partial<Record<Grouping, string>>> = { key: 'key_id', error: 'error_code' };

function GroupName({ row, by }: { readonly row: UsageRow; readonly by: Grouping }) {
  const place = PLACES[by];
  if (place === undefined || row.value === null) return row.title;
  return (
    <Anchor
      component={Link}
      href={`${place}/${encodeURIComponent(row.value)}`}
      inherit
      title={row.id === '' ? row.title : `${row.title} (${row.id})`}
    >
      {row.title}
    </Anchor>
  );
}

interface RowActionsProps {
  readonly row: UsageRow;
  readonly state: UsageState;
}

/** The way to the requests of a group, and to its usage alone. */
function RowActions({ row, state }: RowActionsProps) {
  const t = useUsageTexts();
  const { by } = state.address;
  const { value } = row;
  if (value === null) return null;
  const query = new URLSearchParams({ [LOG_FILTERS[by] ?? by]: value });
  const only = t('onlyThis', { name: row.title });
  return (
    // Titles instead of tooltips: those of a whole page would take longer than a frame.
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        title={only}
        aria-label={only}
        onClick={() => state.setFilter(by, [value])}
      >
        <IconFilter size={16} />
      </ActionIcon>
      <ActionIcon
        component={Link}
        href={`/requests?${query}`}
        size="sm"
        variant="subtle"
        color="gray"
        title={t('showRequests')}
        aria-label={`${t('showRequests')}: ${row.title}`}
      >
        <IconListDetails size={16} />
      </ActionIcon>
    </Group>
  );
}

function GroupCell({ row, state }: RowActionsProps) {
  const { by, rows } = state.address;
  if (row.isTotal) return rows === 'both' ? '' : row.title;
  return (
    <div className={rows === 'group' ? `${styles.group} ${styles.withActions}` : styles.group}>
      <span>
        <GroupName row={row} by={by} />
      </span>
      {/* Beside a period there is no room for them; the rows by group have them. */}
      {rows === 'group' && <RowActions row={row} state={state} />}
    </div>
  );
}

/** Larger ones leave no room for the other columns. */
const LONGEST_FIGURE = 10_000_000;

/** A figure; a large one is short, with all its digits for whoever points at it. */
function FigureCell({ measure, figures }: { readonly measure: MeasureName; readonly figures: UsageFigures }) {
  const formats = useFormats();
  const value = measureOf(measure, figures);
  const whole = measureText(measure, value, formats);
  if (value === null || value < LONGEST_FIGURE) return whole;
  return <span title={whole}>{measureText(measure, value, formats, { isShort: true })}</span>;
}

/** A day in one line, and the hour beneath where both do not fit. */
const brokenBeforeTime = (period: string): string => period.replaceAll(/ (?!\d\d:)/g, '\u00a0');

/** The columns: what a row stands for, and every figure. */
export function useUsageColumns(state: UsageState, timeline: TimelineAnswer): readonly Column<UsageRow>[] {
  const t = useUsageTexts();
  const periodText = usePeriodText(timeline.granularity, timeline.time_zone);
  const { by, rows } = state.address;
  const period: Column<UsageRow> = {
    key: 'period',
    header: t('period'),
    sort: 'period',
    render: (row) => (
      <span className={styles.period}>
        {row.isTotal ? t('total') : brokenBeforeTime(periodText(row.period))}
      </span>
    ),
  };
  const group: Column<UsageRow> = {
    key: 'title',
    header: t(by),
    sort: 'title',
    render: (row) => <GroupCell row={row} state={state} />,
  };
  const figures = MEASURES.map(
    (measure): Column<UsageRow> => ({
      key: measure,
      header:
        measure === 'cost' && timeline.currency !== null
          ? t('inCurrency', { measure: t(measure), currency: timeline.currency })
          : t(measure),
      sort: measure,
      isFigure: true,
      render: (row) => <FigureCell measure={measure} figures={row.figures} />,
    }),
  );
  const first = { group: [group], time: [period], both: [period, group] }[rows];
  return [...first, ...figures];
}

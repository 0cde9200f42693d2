import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUsageTexts } from './strings.ts';
import type { TimelineAnswer } from './usage-answer.ts';
import { DAYS_KEPT_MS, HOURS_KEPT_MS } from './usage-question.ts';

/** What was counted, and where old usage stands that is known less finely. */
export function CoverageNote({ timeline }: { readonly timeline: TimelineAnswer }) {
  const t = useUsageTexts();
  const { i18n } = useTranslation();
  const { covered, granularity, start_time, end_time, time_zone } = timeline;
  if (covered === null) return null;
  const format = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: time_zone,
  });
  const text = (time: string): string => format.format(new Date(time));
  const age = Date.parse(end_time) - Date.parse(start_time);
  const hours = granularity === 'hour' && age > HOURS_KEPT_MS;
  const days = granularity === 'day' && age > DAYS_KEPT_MS;
  return (
    <Text size="sm" c="dimmed">
      {t('counted', { from: text(covered.start_time), until: text(covered.end_time), zone: time_zone })}
      {hours && ` ${t('hoursGone')}`}
      {days && ` ${t('daysGone')}`}
    </Text>
  );
}

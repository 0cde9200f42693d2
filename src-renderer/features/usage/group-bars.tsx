import { Text } from '@mantine/core';
import { useFormats } from '../../ui/formats.ts';
import { largest, MOST_BARS } from './chart-data.ts';
import styles from './group-bars.module.css';
import { type MeasureName, measureOf, measureText } from './measures.ts';
import { useUsageTexts } from './strings.ts';
import type { Grouping } from './usage-address.ts';
import { type GroupsAnswer, groupKey } from './usage-answer.ts';
import { useTitleOf } from './use-titles.ts';

interface GroupBarsProps {
  readonly groups: GroupsAnswer;
  readonly by: Grouping;
  readonly measure: MeasureName;
}

/** What is grouped by, within a title: small, but for names of things. */
export const groupWord = (word: string): string => (word === 'Proxy-Key' ? word : word.toLocaleLowerCase());

/** The largest groups as bars that lie, so that there is room for their names. */
export function GroupBars({ groups, by, measure }: GroupBarsProps) {
  const t = useUsageTexts();
  const formats = useFormats();
  const titleOf = useTitleOf(by);
  const shown = largest(groups.items, measure, MOST_BARS);
  const most = Math.max(...shown.map((item) => measureOf(measure, item) ?? 0));
  const rest = groups.count - shown.length;
  return (
    <>
      <ol className={styles.bars} aria-label={t('byGroup', { measure: t(measure), group: groupWord(t(by)) })}>
        {shown.map((item) => {
          const value = measureOf(measure, item);
          const share = most > 0 ? (value ?? 0) / most : 0;
          return (
            <li key={groupKey(item, by)} className={styles.bar}>
              <span className={styles.title}>{titleOf(item)}</span>
              <span className={styles.figure}>
                {measureText(measure, value, formats, { isShort: true, currency: groups.currency })}
              </span>
              <span className={styles.track}>
                <span className={styles.fill} style={{ width: `${(share * 100).toFixed(1)}%` }} />
              </span>
            </li>
          );
        })}
      </ol>
      {rest > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('more', { count: rest })}
        </Text>
      )}
    </>
  );
}

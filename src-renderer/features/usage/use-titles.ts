import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTCOMES, PROTOCOLS } from '../../../src-main/contract/request-record.ts';
import type { Granularity } from '../../../src-main/contract/statistics.ts';
import { useOutcomeTexts } from '../../ui/outcome-strings.ts';
import { useUsageTexts } from './strings.ts';
import type { Grouping } from './usage-address.ts';
import type { UsageItem } from './usage-answer.ts';

const WORDS = [...OUTCOMES, ...PROTOCOLS];

/** What groups are called in the reader's language. */
export function useTitleOf(by: Grouping): (item: UsageItem) => string {
  const t = useUsageTexts();
  const words = useOutcomeTexts();
  return useCallback(
    (item) => {
      const value = item[by] ?? '';
      const word = WORDS.find((one) => one === (by === 'error' ? item.outcome : value));
      if (by === 'error') return value === '' && word !== undefined ? words(word) : value;
      if ((by === 'outcome' || by === 'protocol') && word !== undefined) return words(word);
      if (value === '') return by === 'user' ? t('nobody') : t('none');
      const { name = null } = item;
      if (name === null || name === '') return value;
      // Keys are called alike: everybody has a laptop.
      return by === 'key' ? `${name} (${value})` : name;
    },
    [t, words, by],
  );
}

const OF_THE_DAY: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const FORMATS: Readonly<Record<Granularity, Intl.DateTimeFormatOptions>> = {
  hour: { ...OF_THE_DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: OF_THE_DAY,
  month: { year: 'numeric', month: 'short' },
};

/** What periods are called. Days and months are those of the counters' zone, wherever the reader is. */
export function usePeriodText(granularity: Granularity, timeZone: string): (period: string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const language = i18n.language === 'zh' ? 'zh-CN' : 'en';
    const format = new Intl.DateTimeFormat(language, { ...FORMATS[granularity], timeZone });
    return (period) => format.format(new Date(period));
  }, [granularity, timeZone, i18n.language]);
}

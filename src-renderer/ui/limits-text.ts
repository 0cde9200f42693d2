import type { Limits } from '../../src-main/contract/document.ts';
import { useCurrency } from '../api/currency.ts';
import { useFormats } from './formats.ts';
import { LIMIT_NAMES, QUOTA_FIGURES } from './limits.ts';
import { useLimitsTexts } from './limits-strings.ts';

const PERIODS = { day: 'perDay', month: 'perMonth', total: 'perTotal' } as const;

/** Says limits in words, one line for each; none where nothing is limited. */
export function useLimitsText(): (limits: Limits | undefined) => readonly string[] {
  const t = useLimitsTexts();
  const currency = useCurrency();
  const { number, cost } = useFormats();
  return (limits = {}) => {
    const figures = LIMIT_NAMES.flatMap((name) => {
      const figure = limits[name];
      return figure === undefined ? [] : [t('named', { name: t(name), figure: number(figure) })];
    });
    const quotas = (limits.quota ?? []).map((quota) => {
      const parts = QUOTA_FIGURES.flatMap((name) => {
        const figure = quota[name];
        if (figure === undefined) return [];
        return [t(`${name}Figure`, { figure: name === 'cost' ? cost(figure, currency) : number(figure) })];
      });
      const figure = parts.length === 0 ? t('unset') : parts.join(t('listed'));
      return t('named', { name: t(PERIODS[quota.per]), figure });
    });
    return [...figures, ...quotas];
  };
}

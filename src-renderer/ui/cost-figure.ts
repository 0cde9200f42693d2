import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import type { Figure } from './figure-list.tsx';
import { useFormats } from './formats.ts';
import { useCommonTexts } from './strings.ts';

/** What something cost, in a list of figures or a tile: with its currency, and how many requests are not in it. */
export function useCostFigure(): (
  total: Pick<UsageFigures, 'cost' | 'unpriced'>,
  currency: string | null,
) => Figure {
  const t = useCommonTexts();
  const { cost, number } = useFormats();
  return (total, currency) => {
    const { unpriced } = total;
    const note = unpriced === 0 ? {} : { note: t('unpriced', { count: unpriced, figure: number(unpriced) }) };
    return { name: t('cost'), value: cost(total.cost, currency), ...note };
  };
}

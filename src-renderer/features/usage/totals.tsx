import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import { useCostFigure } from '../../ui/cost-figure.ts';
import { FigureTile } from '../../ui/figure-tile.tsx';
import { useFormats } from '../../ui/formats.ts';
import { measureOf } from './measures.ts';
import { useUsageTexts } from './strings.ts';
import styles from './totals.module.css';

interface TotalsProps {
  readonly total: UsageFigures;
  readonly currency: string | null;
}

/** The figures of all that is shown together. */
export function Totals({ total, currency }: TotalsProps) {
  const t = useUsageTexts();
  const { number, compact, percent, milliseconds, bytes } = useFormats();
  const cost = useCostFigure()(total, currency);
  // A size is not broken in two.
  const size = (value: number): string => bytes(value).replaceAll(' ', '\u00a0');
  const errors = measureOf('errors', total) ?? 0;
  return (
    <div className={styles.totals}>
      <FigureTile
        label={t('requests')}
        value={compact(total.requests)}
        note={t('bytesNote', { sent: size(total.bytes_in), received: size(total.bytes_out) })}
      />
      <FigureTile
        label={t('success_rate')}
        value={percent(total.success_rate)}
        note={t('notSuccess', { errors: number(errors) })}
      />
      <FigureTile
        label={t('tokens_total')}
        value={compact(total.tokens_total)}
        note={t('tokensNote', { input: compact(total.tokens_in), output: compact(total.tokens_out) })}
      />
      <FigureTile
        label={t('p50')}
        value={milliseconds(measureOf('p50', total))}
        note={t('p95Note', { time: milliseconds(measureOf('p95', total)) })}
      />
      <FigureTile label={cost.name} value={cost.value} note={cost.note} />
    </div>
  );
}

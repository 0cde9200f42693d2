import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import { FigureTile } from '../../ui/figure-tile.tsx';
import { useFormats } from '../../ui/formats.ts';
import { measureOf } from './measures.ts';
import { useUsageTexts } from './strings.ts';
import styles from './totals.module.css';

/** The figures of all that is shown together. */
export function Totals({ total }: { readonly total: UsageFigures }) {
  const t = useUsageTexts();
  const { number, compact, percent, milliseconds, cost, bytes } = useFormats();
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
        label={t('tokens_in')}
        value={compact(total.tokens_in)}
        note={t('cached', { tokens: compact(total.tokens_cached) })}
      />
      <FigureTile
        label={t('tokens_out')}
        value={compact(total.tokens_out)}
        note={t('reasoning', { tokens: compact(total.tokens_reasoning) })}
      />
      <FigureTile
        label={t('p50')}
        value={milliseconds(measureOf('p50', total))}
        note={t('p95Note', { time: milliseconds(measureOf('p95', total)) })}
      />
      <FigureTile label={t('cost')} value={cost(total.cost)} />
    </div>
  );
}

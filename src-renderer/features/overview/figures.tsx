import { Text } from '@mantine/core';
import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import { FigureTile } from '../../ui/figure-tile.tsx';
import { NOTHING, useFormats } from '../../ui/formats.ts';
import type { MinuteFigures } from './live-window.ts';
import styles from './overview.module.css';
import { useOverviewTexts } from './strings.ts';

interface FiguresProps {
  readonly minute: MinuteFigures | null;
  /** Of the last 24 hours; `undefined` until they are here. */
  readonly day: UsageFigures | undefined;
}

/** How much passes and how well: the last minute, and the last 24 hours beneath. */
export function Figures({ minute, day }: FiguresProps) {
  const t = useOverviewTexts();
  const { compact, percent, milliseconds } = useFormats();
  const latency = (percentile: string) => (figures: UsageFigures) =>
    milliseconds(figures.latency_ms_percentiles[percentile] ?? null);
  const tiles = [
    ['requests', (now: MinuteFigures) => compact(now.requests), (all: UsageFigures) => compact(all.requests)],
    [
      'successRate',
      (now: MinuteFigures) => percent(now.successRate),
      (all: UsageFigures) => percent(all.success_rate),
    ],
    ['median', (now: MinuteFigures) => milliseconds(now.median), latency('50')],
    ['p95', (now: MinuteFigures) => milliseconds(now.p95), latency('95')],
    [
      'tokens',
      (now: MinuteFigures) => compact(now.tokens),
      (all: UsageFigures) => compact(all.tokens_in + all.tokens_out),
    ],
  ] as const;
  return (
    <div>
      <div className={styles.figures}>
        {tiles.map(([name, ofMinute, ofDay]) => (
          <FigureTile
            key={name}
            label={t(name)}
            value={minute === null ? NOTHING : ofMinute(minute)}
            note={t('day', { value: day === undefined ? NOTHING : ofDay(day) })}
          />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {t('minuteHint')} {minute?.isEstimated === true && t('estimated')}
      </Text>
    </div>
  );
}

import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { SeriesChartProps } from './series-chart.tsx';

const SeriesChart = lazy(() => import('./series-chart.tsx'));

/** A chart of figures over time or by name, loaded when the first one is shown: its library is the largest of all. */
export function Chart(props: SeriesChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height ?? 260} />}>
      <SeriesChart {...props} />
    </Suspense>
  );
}

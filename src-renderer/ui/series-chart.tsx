import '@mantine/charts/styles.css';
import { AreaChart, BarChart, LineChart } from '@mantine/charts';

/** One line or kind of bar. */
export interface Series {
  /** The member of the data that it shows. */
  readonly name: string;
  readonly label: string;
  /** A colour of the theme, such as `indigo.6`. */
  readonly color: string;
}

export interface SeriesChartProps {
  readonly kind: 'line' | 'area' | 'bar';
  readonly data: readonly Readonly<Record<string, string | number | null>>[];
  /** The member that stands along the axis. */
  readonly along: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** What the figures count; stands beside their axis. `null` where `format` writes a unit behind each. */
  readonly unit: string | null;
  /** Bars and areas on top of each other. */
  readonly isStacked?: boolean;
  readonly hasLegend?: boolean;
  /** Pixels. */
  readonly height?: number;
  /** What the chart shows, for readers who do not see it; the figures stand in a table besides. */
  readonly label: string;
}

/** Whether all figures are whole numbers: then the axis has no place for half of one. */
const isWhole = ({ data, series }: SeriesChartProps): boolean =>
  data.every((point) => series.every(({ name }) => Number.isInteger(point[name] ?? 0)));

/** Figures of periods: a curve would show values between them that never were. */
const STRAIGHT = 'linear';

/** A chart. It does not move: figures that come in live would never stand still. */
export default function SeriesChart(props: SeriesChartProps) {
  const { kind, data, along, series, isStacked = false } = props;
  const { format, unit, hasLegend = false, height = 260, label } = props;
  const shared = {
    h: height,
    data: data.map((point) => ({ ...point })),
    dataKey: along,
    series: series.map((one) => ({ ...one })),
    valueFormatter: format,
    withLegend: hasLegend,
    tickLine: 'none' as const,
    xAxisProps: { minTickGap: 40, interval: 'equidistantPreserveStart' as const },
    ...(unit === null ? {} : { yAxisLabel: unit }),
    yAxisProps: {
      allowDecimals: !isWhole(props),
      // As wide as its longest figure: costs have their currency behind them.
      ...(unit === null ? { width: 'auto' as const } : {}),
    },
    strokeDasharray: '3 3',
  };
  const still = { isAnimationActive: false };
  // Else the topmost figure of the axis has no room beside its line, nor the unit beside the figures.
  const roomy = { margin: unit === null ? { top: 10 } : { top: 10, left: 10, right: 5 } };
  return (
    <div role="img" aria-label={label}>
      {kind === 'line' && (
        <LineChart
          {...shared}
          lineChartProps={roomy}
          lineProps={still}
          withDots={data.length < 3}
          curveType={STRAIGHT}
        />
      )}
      {kind === 'area' && (
        <AreaChart
          {...shared}
          areaChartProps={roomy}
          areaProps={still}
          type={isStacked ? 'stacked' : 'default'}
          withDots={data.length < 3}
          curveType={STRAIGHT}
        />
      )}
      {kind === 'bar' && (
        <BarChart
          {...shared}
          barChartProps={roomy}
          barProps={still}
          type={isStacked ? 'stacked' : 'default'}
        />
      )}
    </div>
  );
}

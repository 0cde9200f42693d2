import type { UsageFigures } from '../../../src-main/contract/statistics.ts';
import type { Formats } from '../../ui/formats.ts';

/** What can be looked at. */
export const MEASURES = [
  'requests',
  'errors',
  'success_rate',
  'tokens_in',
  'tokens_out',
  'tokens_total',
  'cost',
  'p50',
  'p95',
  'bytes_in',
  'bytes_out',
] as const;
export type MeasureName = (typeof MEASURES)[number];

/** The percentiles that are asked for. */
export const PERCENTILES = '50,95';

/** Whether a text names a measure. */
export const isMeasure = (text: string): text is MeasureName => MEASURES.some((one) => one === text);

/** The value of a measure; `null` where there is none, as of a rate without requests. */
export function measureOf(name: MeasureName, figures: UsageFigures): number | null {
  switch (name) {
    case 'errors':
      return figures.requests - figures.success;
    case 'p50':
      return figures.latency_ms_percentiles['50'] ?? null;
    case 'p95':
      return figures.latency_ms_percentiles['95'] ?? null;
    default:
      return figures[name];
  }
}

const NO_SUMS: readonly MeasureName[] = ['success_rate', 'p50', 'p95'];

/** Whether the values of parts add up to that of the whole. */
export const isSum = (name: MeasureName): boolean => !NO_SUMS.includes(name);

/** Whether {@link measureText} writes a unit behind the value. @param currency `null` where it is not known */
export const hasUnit = (name: MeasureName, currency: string | null): boolean =>
  name === 'cost'
    ? currency !== null
    : ['success_rate', 'p50', 'p95', 'bytes_in', 'bytes_out'].includes(name);

interface MeasureTextOptions {
  /** Where there is little room. */
  readonly isShort?: boolean;
  /** What costs are in; `null` where that stands elsewhere, or is not known. */
  readonly currency?: string | null;
}

/** Writes a value of a measure. */
export function measureText(
  name: MeasureName,
  value: number | null,
  formats: Formats,
  { isShort = false, currency = null }: MeasureTextOptions = {},
): string {
  switch (name) {
    case 'success_rate':
      return formats.percent(value);
    case 'p50':
    case 'p95':
      return formats.milliseconds(value);
    case 'cost':
      return formats.cost(value, currency);
    case 'bytes_in':
    case 'bytes_out':
      return formats.bytes(value ?? 0);
    default:
      return isShort ? formats.compact(value ?? 0) : formats.number(value ?? 0);
  }
}

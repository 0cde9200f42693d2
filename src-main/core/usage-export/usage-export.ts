import type { UsageQuestion } from '../control-ports.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Usage as a file. The stream is to be read to its end or cancelled.
 * @throws what asking for the statistics throws, before the first byte
 */
export type UsageExport = (
  question: UsageQuestion,
  format: ExportFormat,
) => Promise<ReadableStream<Uint8Array>>;

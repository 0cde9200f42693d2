/**
 * What an admin should know of a record that is valid all the same. The admin API sends it in the header
 * `x-aiproxy-warning`: as JSON, percent-encoded, because names may be in any script.
 */
export interface RecordWarning {
  /** Two channels take any model, so that one of them is never asked. */
  readonly code: 'overlapping_channels';
  /** The whole of it in English, for scripts. */
  readonly message: string;
  /** The channel that gets the requests. */
  readonly answering: string;
  /** The channel that gets none. */
  readonly unused: string;
  /** Globs that its `models` may be set to; none where nothing is known of it. */
  readonly models: readonly string[];
}

/** As it stands in the header. */
export const warningHeader = (warning: RecordWarning): string => encodeURIComponent(JSON.stringify(warning));

/** What the header says. @param header `null` where it is missing */
export const warningIn = (header: string | null): RecordWarning | null =>
  // Only this program's own admin API sends it.
  header === null ? null : (JSON.parse(decodeURIComponent(header)) as RecordWarning);

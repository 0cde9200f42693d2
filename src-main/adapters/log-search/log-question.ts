/** What every question to a log has. */
export interface LogQuestion {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly text?: string;
  readonly limit: number;
  readonly cursor: string | null;
}

/** What one call found, newest first. */
export interface LogPage<Line> {
  readonly items: readonly Line[];
  readonly next: string | null;
}

export type Severity = 'ok' | 'info' | 'warning' | 'error';

/** What a finding is about. */
export type Area =
  | 'ports'
  | 'configuration'
  | 'channels'
  | 'environment'
  | 'clock'
  | 'disk'
  | 'files'
  | 'limits'
  | 'versions';

/** One thing that was looked at, what was found, and what to do about it. Holds no key. */
export interface DoctorFinding {
  readonly area: Area;
  /** `proxy port 8001`, `channel openai` */
  readonly subject: string;
  readonly severity: Severity;
  /** One line. */
  readonly found: string;
  /** A sentence; `null` where nothing need be done. */
  readonly remedy: string | null;
}

/** Makes the findings about one subject. */
export function findingsAbout(area: Area, subject: string) {
  const make =
    (severity: Severity) =>
    (found: string, remedy: string): DoctorFinding => ({ area, subject, severity, found, remedy });
  return {
    ok: (found: string): DoctorFinding => ({ area, subject, severity: 'ok', found, remedy: null }),
    info: (found: string, remedy: string | null = null): DoctorFinding => ({
      area,
      subject,
      severity: 'info',
      found,
      remedy,
    }),
    warning: make('warning'),
    error: make('error'),
  };
}

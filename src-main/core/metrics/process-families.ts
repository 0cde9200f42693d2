import { type MetricFamily, type Sample, single } from './metric-family.ts';

/** How long something was late. */
export interface DelaySummary {
  /** Quantiles (0 to 1) of late, and their seconds; `NaN` where nothing was measured yet. */
  readonly quantiles: readonly (readonly [quantile: number, seconds: number])[];
  /** Since measuring began. */
  readonly sumSeconds: number;
  readonly count: number;
}

/** What the operating system and Node.js know of this process. Sizes in bytes, `null` where the system does not tell. */
export interface ProcessReading {
  readonly startedAtMs: number;
  readonly cpuUserSeconds: number;
  readonly cpuSystemSeconds: number;
  readonly residentBytes: number;
  readonly heapTotalBytes: number;
  readonly heapUsedBytes: number;
  readonly externalBytes: number;
  readonly openFiles: number | null;
  readonly mostFiles: number | null;
  /** `v24.0.0` */
  readonly nodeVersion: string;
  readonly eventLoopDelay: DelaySummary;
}

/** Measures this process. */
export interface ProcessReadings {
  read(): Promise<ProcessReading>;
}

/** The process under the names that Prometheus' clients for other languages and for Node.js give it. */
export function processFamilies(reading: ProcessReading): MetricFamily[] {
  const { cpuUserSeconds: user, cpuSystemSeconds: system } = reading;
  return [
    single('counter', 'process_cpu_user_seconds_total', 'User CPU time spent.', user),
    single('counter', 'process_cpu_system_seconds_total', 'System CPU time spent.', system),
    single('counter', 'process_cpu_seconds_total', 'User and system CPU time spent.', user + system),
    single(
      'gauge',
      'process_start_time_seconds',
      'Start of the process, seconds since the epoch.',
      reading.startedAtMs / 1000,
    ),
    single('gauge', 'process_resident_memory_bytes', 'Resident memory.', reading.residentBytes),
    known('process_open_fds', 'Open file descriptors.', reading.openFiles),
    known('process_max_fds', 'File descriptors that may be open.', reading.mostFiles),
    single('gauge', 'nodejs_heap_size_total_bytes', 'Heap of V8.', reading.heapTotalBytes),
    single('gauge', 'nodejs_heap_size_used_bytes', 'Heap of V8 that is in use.', reading.heapUsedBytes),
    single(
      'gauge',
      'nodejs_external_memory_bytes',
      'Memory outside of the heap of V8.',
      reading.externalBytes,
    ),
    versionFamily(reading.nodeVersion),
    delayFamily(reading.eventLoopDelay),
  ];
}

const known = (name: string, help: string, value: number | null): MetricFamily => ({
  name,
  type: 'gauge',
  help,
  samples: value === null ? [] : [{ value }],
});

function versionFamily(version: string): MetricFamily {
  const [major = '', minor = '', patch = ''] = version.replace(/^v/, '').split('.');
  const samples = [{ labels: { version, major, minor, patch }, value: 1 }];
  return { name: 'nodejs_version_info', type: 'gauge', help: 'The version of Node.js.', samples };
}

function delayFamily({ quantiles, sumSeconds, count }: DelaySummary): MetricFamily {
  const samples = quantiles.map(
    ([quantile, value]): Sample => ({ labels: { quantile: String(quantile) }, value }),
  );
  return {
    name: 'aiproxy_event_loop_delay_seconds',
    type: 'summary',
    help: 'How much later than asked for timers fired; measured from the first time it is asked for.',
    samples: [...samples, { suffix: '_sum', value: sumSeconds }, { suffix: '_count', value: count }],
  };
}

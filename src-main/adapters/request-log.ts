import type { RequestLog } from '../core/ports.ts';
import { requestLine } from '../core/request-line.ts';
import { DailyLog, type DailyLogOptions, type LogSettings } from './log/daily-log.ts';

export type RequestLogOptions = Omit<DailyLogOptions, 'prefix'>;

/** The request log, and what an admin may change about it meanwhile. */
export interface ConfigurableRequestLog extends RequestLog {
  configure(settings: LogSettings): void;
}

/** One line per finished request in `requests-<day>.jsonl` of the given folder. */
export function createRequestLog(options: RequestLogOptions): ConfigurableRequestLog {
  const log = new DailyLog({ ...options, prefix: 'requests' });
  return {
    append(record) {
      try {
        log.append(requestLine(record));
      } catch (error) {
        options.onProblem('a request could not be logged', {
          request_id: record.request_id,
          reason: String(error),
        });
      }
    },
    get droppedLines() {
      return log.droppedLines;
    },
    configure: (settings) => log.configure(settings),
    flush: () => log.flush(),
    mark: () => log.mark(),
    close: () => log.close(),
  };
}

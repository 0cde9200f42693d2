import { join } from 'node:path';
import { createAppLog, paintFor } from './adapters/app-log.ts';
import { createRequestLog } from './adapters/request-log.ts';
import type { AppOptions } from './app-options.ts';
import type { AppLog, Clock, RequestLog } from './core/ports.ts';
import { maskKeys, redactText } from './core/redact.ts';
import { secretMatcher } from './core/secret-matcher.ts';
import type { Snapshot } from './core/snapshot.ts';
import type { Opened } from './opened.ts';

export interface Logs {
  readonly log: AppLog;
  readonly requestLog: RequestLog;
  /** Masks every secret of the configuration in a text, and what looks like one. */
  readonly mask: (text: string) => string;
  /** The same where people read what they sent themselves: names such as `api_key` do not mask what follows them. */
  readonly maskKeys: (text: string) => string;
  /** Follows a new configuration: its secrets, level, time zone and retention. */
  configure(snapshot: Snapshot): void;
}

/** Opens both logs. @param ownSecrets of this run, which stand in no configuration */
export function openLogs(
  options: AppOptions,
  clock: Clock,
  ownSecrets: readonly string[],
  opened: Opened,
): Logs {
  const { dataDir, logLevel } = options;
  const folder = join(dataDir, 'logs');
  let secrets = secretMatcher(ownSecrets);
  const log = createAppLog({
    folder,
    clock,
    level: logLevel ?? 'info',
    stderr: process.stderr,
    paint: paintFor(process.stderr),
    secrets: () => secrets,
  });
  opened.add(() => log.close());
  const requestLog = createRequestLog({
    folder,
    clock,
    onProblem: (message, fields) => log.error(message, fields),
  });
  opened.add(() => requestLog.close());
  const configure = ({ system, keys, secrets: ofChannels }: Snapshot): void => {
    secrets = secretMatcher([...ownSecrets, ...keys.keys(), ...ofChannels]);
    const settings = { timeZone: system.time_zone, retentionDays: system.log_retention_days };
    log.configure(settings);
    requestLog.configure(settings);
    log.setLevel(logLevel ?? system.log_level ?? 'info');
  };
  return {
    log,
    requestLog,
    configure,
    mask: (text) => redactText(text, secrets),
    maskKeys: (text) => maskKeys(text, secrets),
  };
}

import { styleText } from 'node:util';
import { logTime, printable } from '../core/log-text.ts';
import type { AppLog, LogFields, LogLevel } from '../core/ports.ts';
import { redactText, type SecretMatcher } from '../core/redact.ts';
import { DailyLog, type DailyLogOptions, type LogSettings } from './log/daily-log.ts';

export interface AppLogOptions extends Omit<DailyLogOptions, 'prefix' | 'onProblem'> {
  readonly level: LogLevel;
  /** Where the same lines appear for people; `null`: nowhere. */
  readonly stderr: { write(text: string): unknown } | null;
  /** Colours a part of the lines for people; left out, they are plain. */
  readonly paint?: Paint;
  /** The secrets configured now; asked for every line. */
  readonly secrets?: () => SecretMatcher;
}

/** The application's log, and what an admin may change about it meanwhile. */
export interface ConfigurableAppLog extends AppLog {
  configure(settings: LogSettings): void;
}

/** Colours a part of a line: its time, or the word of its level. */
export type Paint = (part: LogLevel | 'time', text: string) => string;

const COLOURS = { time: 'dim', debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/** Colours for a terminal; none for files and pipes, and as `NO_COLOR` and `FORCE_COLOR` say (no-color.org). */
export const paintFor =
  (stream: NodeJS.WritableStream): Paint =>
  (part, text) =>
    styleText(COLOURS[part], text, { stream });

const plain: Paint = (_, text) => text;

const SEVERITY: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
/** Stacks and the answers of platforms fit; a document that slipped into a message does not. UTF-16 units. */
const LONGEST_VALUE = 16 * 1024;
/** These begin each line; a field of the same name gets an underscore. */
const OWN_MEMBERS: ReadonlySet<string> = new Set(['time', 'level', 'message']);

/** JSON lines in `aiproxy-<day>.jsonl` of the given folder, and plain lines on standard error. */
export function createAppLog(options: AppLogOptions): ConfigurableAppLog {
  const threshold = { level: options.level };
  const say = (time: string, level: LogLevel, message: string, fields: LogFields): void =>
    writeTo(options.stderr, personLine(options.paint ?? plain, time, level, message, fields));
  const log = new DailyLog({
    ...options,
    prefix: 'aiproxy',
    // A log that cannot be written has no other place to say so.
    onProblem: (message, fields) => say(logTime(options.clock.now()), 'error', message, fields),
  });

  const write = (level: LogLevel, message: string, fields: LogFields = {}): void => {
    if (SEVERITY[level] < SEVERITY[threshold.level]) return;
    const time = logTime(options.clock.now());
    const matcher = options.secrets?.();
    const cleanMessage = clean(message, matcher);
    const cleanFields = cleaned(fields, matcher);
    log.append(printable(JSON.stringify({ time, level, message: cleanMessage, ...cleanFields })));
    say(time, level, cleanMessage, cleanFields);
  };

  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    setLevel(level) {
      threshold.level = level;
    },
    configure: (settings) => log.configure(settings),
    flush: () => log.flush(),
    close: () => log.close(),
  };
}

function cleaned(fields: LogFields, secrets: SecretMatcher | undefined): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      OWN_MEMBERS.has(name) ? `_${name}` : name,
      typeof value === 'string' ? clean(value, secrets) : value,
    ]),
  );
}

/** Cut only after masking: half a secret would not be recognised. */
function clean(text: string, secrets: SecretMatcher | undefined): string {
  return cut(redactText(cut(text, 2 * LONGEST_VALUE), secrets), LONGEST_VALUE);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

/** `2026-01-31T10:00:00.000Z WARN message name=value`: one line, whatever the message holds. */
function personLine(paint: Paint, time: string, level: LogLevel, message: string, fields: LogFields): string {
  const shown = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => ` ${name}=${typeof value === 'string' ? quotedWhereNeeded(value) : String(value)}`,
    );
  return `${paint('time', time)} ${paint(level, level.toUpperCase())} ${printable(message)}${shown.join('')}\n`;
}

function quotedWhereNeeded(value: string): string {
  return /^[^\s"=]+$/.test(value) ? printable(value) : printable(JSON.stringify(value));
}

/** Nobody may be reading any more; that is no reason to stop. */
function writeTo(stderr: AppLogOptions['stderr'], line: string): void {
  try {
    stderr?.write(line);
  } catch {
    // A closed standard error has nowhere to report to, and the line is in the file.
  }
}

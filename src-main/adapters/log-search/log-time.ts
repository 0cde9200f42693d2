import { readSync } from 'node:fs';
import type { LogKind } from '../../core/log-search/log-kind.ts';

const LINE_END = 0x0a;
/** Holds some lines of a log, so that a torn one does not matter. */
const PROBE_BYTES = 64 * 1024;

/** Whether a line begins at a place. */
export function startsLine(file: number, offset: number): boolean {
  if (offset === 0) return true;
  const before = Buffer.alloc(1);
  return readSync(file, before, 0, 1, offset - 1) === 1 && before[0] === LINE_END;
}

/** Two starts of lines: all before the first are older than a time, all from the second on are not. */
export interface TimeBounds {
  readonly before: number;
  readonly after: number;
}

/**
 * Narrows down by halving where a time is in a file whose lines are in order of time; nearly, because lines are
 * read in any case. @param end where to stop looking
 */
export function boundsOfTime<Question, Line>(
  file: number,
  end: number,
  timeMs: number,
  kind: LogKind<Question, Line>,
): TimeBounds {
  let before = 0;
  let after = end;
  const buffer = Buffer.allocUnsafe(PROBE_BYTES);
  while (after - before > 4 * PROBE_BYTES) {
    const middle = Math.floor((before + after) / 2);
    const taken = readSync(file, buffer, 0, PROBE_BYTES, middle);
    const found = firstLine(buffer.subarray(0, taken), kind);
    // Nothing here tells the time: then all of what is left is looked through.
    if (found === null) break;
    if (found.writtenMs < timeMs) before = middle + found.start;
    else after = middle + found.start;
  }
  return { before, after };
}

/** The first whole line that can be read, behind the first line end. */
function firstLine<Question, Line>(
  bytes: Buffer,
  kind: LogKind<Question, Line>,
): { readonly start: number; readonly writtenMs: number } | null {
  let start = bytes.indexOf(LINE_END) + 1;
  while (start > 0) {
    const end = bytes.indexOf(LINE_END, start);
    if (end === -1) return null;
    const line = readLine(bytes.toString('utf8', start, end), kind);
    if (line !== null) return { start, writtenMs: kind.writtenMs(line) };
    start = end + 1;
  }
  return null;
}

/** Parses one line; `null` where it is torn, or not of this log. */
export function readLine<Question, Line>(text: string, kind: LogKind<Question, Line>): Line | null {
  try {
    return kind.lineOf(JSON.parse(text));
  } catch {
    return null;
  }
}

import { closeSync, fstatSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogKind } from '../../core/log-search/log-kind.ts';
import { type LogFileName, ownLogFiles } from '../log/log-disk.ts';
import { BackwardLines } from './backward-lines.ts';
import { badCursor, cursorOf, type LogPlace, placeOf } from './log-cursor.ts';
import type { LogPage, LogQuestion } from './log-question.ts';
import { boundsOfTime, startsLine } from './log-time.ts';
import { lineSifter, type Sifter } from './sift-lines.ts';

/** How much one call may do before it answers with what it has. */
export interface ScanBudget {
  readonly bytes: number;
  readonly ms: number;
}

export const SCAN_BUDGET: ScanBudget = { bytes: 256 * 1024 * 1024, ms: 200 };

/** A clock that was set back puts lines out of order; so much of it changes nothing. */
const CLOCK_SLACK_MS = 120_000;
const HOUR_MS = 3_600_000;
/** From the first zone in which a day begins to the last in which it ends. */
const EARLIEST_MS = -14 * HOUR_MS;
const LATEST_MS = (24 + 12) * HOUR_MS;

interface Scan<Question, Line> {
  readonly kind: LogKind<Question, Line>;
  readonly question: LogQuestion;
  readonly sifter: Sifter<Line>;
  readonly untilClock: number;
  readonly items: Line[];
  bytesLeft: number;
}

/**
 * Searches a log from its newest line to its oldest until the page is full or the budget is used up.
 * @throws ProxyError `validation_failed` for a cursor that is none; Node's error where the folder cannot be read
 */
export function scanLog<Question extends LogQuestion, Line>(
  folder: string,
  kind: LogKind<Question, Line>,
  question: Question,
  budget: ScanBudget = SCAN_BUDGET,
): LogPage<Line> {
  const start = question.cursor === null ? null : placeOf(question.cursor);
  const files = newestFirst(folder, kind.prefix).filter((file) => isWanted(file, question, start));
  const scan: Scan<Question, Line> = {
    kind,
    question,
    sifter: lineSifter(kind, question),
    untilClock: performance.now() + budget.ms,
    items: [],
    bytesLeft: budget.bytes,
  };
  for (const [index, file] of files.entries()) {
    const place = scanFile(folder, file, start, scan);
    if (place === null) continue;
    // At the very beginning of the oldest file there is nothing more to find.
    const isLast = place.offset === 0 && index === files.length - 1;
    return { items: scan.items, next: isLast ? null : cursorOf(place) };
  }
  return { items: scan.items, next: null };
}

function newestFirst(folder: string, prefix: string): LogFileName[] {
  const names = entriesOf(folder)
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  return [...ownLogFiles(prefix, names)].sort((one, other) => compare(other, one));
}

type FilePlace = Pick<LogFileName, 'day' | 'part'>;

const compare = (one: FilePlace, other: FilePlace): number =>
  one.day === other.day ? one.part - other.part : one.day < other.day ? -1 : 1;

/** Whether a file can hold lines of the range, wherever on Earth its day was, that are not newer than the cursor. */
function isWanted(file: LogFileName, { fromMs, untilMs }: LogQuestion, start: LogPlace | null): boolean {
  if (start !== null && compare(file, start) > 0) return false;
  const day = Date.parse(`${file.day}T00:00:00Z`);
  return (
    !Number.isNaN(day) &&
    (fromMs === null || day + LATEST_MS + CLOCK_SLACK_MS > fromMs) &&
    (untilMs === null || day + EARLIEST_MS - CLOCK_SLACK_MS < untilMs)
  );
}

/** @returns where to go on, if the page is full or the budget used up; else `null` */
function scanFile<Question, Line>(
  folder: string,
  { name, day, part }: LogFileName,
  start: LogPlace | null,
  scan: Scan<Question, Line>,
): LogPlace | null {
  const file = openIfThere(join(folder, name));
  if (file === null) return null;
  try {
    const size = fstatSync(file).size;
    const isStart = start !== null && compare({ day, part }, start) === 0;
    const end = isStart ? Math.min(size, start.offset) : size;
    if (isStart && !startsLine(file, end)) throw badCursor();
    const offset = scanLines(file, end, scan);
    return offset === null ? null : { day, part, offset };
  } finally {
    closeSync(file);
  }
}

function scanLines<Question, Line>(file: number, end: number, scan: Scan<Question, Line>): number | null {
  const { fromMs, untilMs, limit } = scan.question;
  const floor = fromMs === null ? 0 : boundsOfTime(file, end, fromMs - CLOCK_SLACK_MS, scan.kind).before;
  const ceiling = untilMs === null ? end : boundsOfTime(file, end, untilMs + CLOCK_SLACK_MS, scan.kind).after;
  const reader = new BackwardLines(file, floor, ceiling);
  for (let lines = reader.next(); lines !== null; lines = reader.next()) {
    const stoppedAt = scan.sifter(lines.bytes, limit - scan.items.length, scan.items);
    if (stoppedAt !== null) return lines.start + stoppedAt;
    scan.bytesLeft -= lines.bytes.length;
    if (scan.bytesLeft <= 0 || performance.now() > scan.untilClock) return lines.start;
  }
  return null;
}

const entriesOf = (folder: string) => ifThere(() => readdirSync(folder, { withFileTypes: true })) ?? [];

/** The folder is made with the first line; retention may delete a file at any moment. */
const openIfThere = (path: string): number | null => ifThere(() => openSync(path, 'r'));

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

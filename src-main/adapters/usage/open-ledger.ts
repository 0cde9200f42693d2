import { tableOf } from '../../core/usage/counted-table.ts';
import type { LogPosition } from '../../core/usage/log-position.ts';
import { parsePeriodFileName } from '../../core/usage/period-name.ts';
import { endedMs, UsageCounting } from '../../core/usage/usage-counting.ts';
import type { UsagePeriod } from '../../core/usage/usage-period.ts';
import { mergeTables, type UsageTable } from '../../core/usage/usage-table.ts';
import { type LogRange, replayLog } from './replay-log.ts';
import { UsageDisk } from './usage-disk.ts';
import { UsageFolder } from './usage-folder.ts';
import { UsageLedger, type UsageProblem } from './usage-ledger.ts';

/** The number of what is counted from the log; drainings have higher ones. */
const CAUGHT_UP = 0;

export interface LedgerPlace {
  /** The usage folder and that of the logs, absolute. */
  readonly folder: string;
  readonly logs: string;
  /** The counters' zone, an IANA name that exists. */
  readonly timeZone: string;
  readonly models: readonly string[];
  readonly onProblem: UsageProblem;
  readonly disk?: UsageDisk;
}

/** Opens the files for writing, finishing what a crash left half done. @throws the system's error */
export async function openLedger(place: LedgerPlace): Promise<UsageLedger> {
  const ledger = ledgerAt(place, false);
  await begin(ledger, place, true);
  return ledger;
}

/** Opens the files without changing anything. @throws the system's error */
export async function peekLedger(place: LedgerPlace): Promise<UsageLedger> {
  const ledger = ledgerAt(place, true);
  await begin(ledger, place, false);
  return ledger;
}

function ledgerAt(place: LedgerPlace, isReadOnly: boolean): UsageLedger {
  const { folder, timeZone, onProblem, disk } = place;
  return new UsageLedger(new UsageFolder(folder, disk ?? new UsageDisk()), {
    timeZone,
    isReadOnly,
    onProblem,
    rebuild: (period, ledger) => countPeriod(place, ledger, period),
  });
}

async function begin(ledger: UsageLedger, { onProblem }: LedgerPlace, isWriter: boolean): Promise<void> {
  const { folder } = ledger;
  const damage = await folder.look();
  if (damage !== null)
    onProblem('usage/latest.json could not be read; all usage files are looked through', { reason: damage });
  if (isWriter) await folder.finish();
  const { latest } = folder;
  if (latest === null) {
    await beginFromFiles(ledger);
    return;
  }
  const head = latest.head === null ? null : await folder.read(latest.head);
  const isNewer = head?.ok === true && head.head.commit >= latest.commit;
  ledger.begin({
    position: isNewer ? head.head.log_offset : latest.log_offset,
    commit: isNewer ? head.head.commit : latest.commit,
    head: latest.head,
  });
  // Also where it is gone: what was counted in it after `latest.json` was written must not be missed.
  if (latest.head !== null && head?.ok === false) await ledger.load(latest.head);
}

/** Without `latest.json` the file with the highest commit tells where to go on. */
async function beginFromFiles(ledger: UsageLedger): Promise<void> {
  let newest: { position: LogPosition; commit: number; head: string | null } = {
    position: {},
    commit: 0,
    head: null,
  };
  for (const { name } of ledger.folder.periods) {
    const read = await ledger.folder.read(name);
    if (read.ok && read.head.commit > newest.commit) {
      newest = { position: read.head.log_offset, commit: read.head.commit, head: null };
    }
  }
  ledger.begin(newest);
}

/**
 * Counts what the log has behind the place the files stand for, up to the given ends. What cannot be counted is said.
 * @param settles whether it is brought to the disk
 * @returns how many requests were counted
 * @throws the system's error
 */
export async function catchUp(
  ledger: UsageLedger,
  { logs, timeZone, models, onProblem }: LedgerPlace,
  { ends, settles }: { readonly ends: LogPosition; readonly settles: boolean },
): Promise<number> {
  const counting = new UsageCounting();
  counting.configure({ timeZone, models });
  const before = ledger.position;
  const { counted, unreadable, newer } = await replayLog(
    logs,
    rangesBetween(before, ends, onProblem),
    (record) => counting.add(record),
  );
  ledger.add(CAUGHT_UP, counting.drain());
  if (unreadable + newer > 0) {
    onProblem('lines of the request log could not be counted', { unreadable, of_a_newer_version: newer });
  }
  // Also where nothing was counted: a file that has become shorter will grow again beyond the old place.
  const hasMoved = Object.entries(ends).some(([name, bytes]) => (before[name] ?? 0) !== bytes);
  if (settles && hasMoved) {
    await ledger.settle(CAUGHT_UP, ends);
    await ledger.commitRows([], ends);
  }
  return counted;
}

/** What of each file lies behind a place. A file that is shorter than what was counted of it holds nothing new. */
function rangesBetween(from: LogPosition, ends: LogPosition, onProblem: UsageProblem): readonly LogRange[] {
  const missing = Object.keys(from)
    .filter((name) => ends[name] === undefined)
    .sort();
  const newest = Object.keys(from).sort().at(-1);
  if (newest !== undefined && missing.includes(newest)) {
    onProblem('a file of the request log is gone; requests in it that were not counted yet are not counted', {
      file: newest,
      counted_bytes: from[newest] ?? 0,
    });
  }
  return Object.entries(ends).flatMap(([name, untilByte]): LogRange[] => {
    const fromByte = from[name] ?? 0;
    if (fromByte > untilByte) {
      onProblem('a file of the request log is shorter than what was counted of it', {
        file: name,
        counted_bytes: fromByte,
        bytes: untilByte,
      });
    }
    return fromByte < untilByte ? [{ name, fromByte, untilByte }] : [];
  });
}

/** Counts one period from all of the log that has been counted; hours that have a file of their own are left out of longer ones. */
async function countPeriod(
  place: LedgerPlace,
  ledger: UsageLedger,
  period: UsagePeriod,
): Promise<UsageTable> {
  const counting = new UsageCounting();
  counting.configure(place);
  const shorter = shorterPeriods(ledger, period);
  const ranges = Object.entries(ledger.position).map(([name, untilByte]) => ({
    name,
    fromByte: 0,
    untilByte,
  }));
  const count: Parameters<typeof replayLog>[2] = (record) => {
    const ms = endedMs(record);
    if (ms < period.startMs || ms >= period.untilMs) return;
    if (shorter.some(({ startMs, untilMs }) => ms >= startMs && ms < untilMs)) return;
    counting.add(record);
  };
  for (const range of ranges) await replayLog(place.logs, [range], count).catch(ignoreMissing);
  return mergeTables(counting.drain().map(tableOf));
}

function shorterPeriods(ledger: UsageLedger, period: UsagePeriod): readonly UsagePeriod[] {
  if (period.kind === 'hour') return [];
  return ledger.folder.periods.flatMap(({ name, startMs }) => {
    const named = parsePeriodFileName(name);
    const isInside = startMs >= period.startMs && startMs < period.untilMs;
    if (named === null || !isInside || named.kind === period.kind || named.kind === 'month') return [];
    return [ledger.calendar(ledger.timeZone).periodAt(named.kind, startMs)];
  });
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

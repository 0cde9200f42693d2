import { resolve } from 'node:path';
import { folderHolder } from '../../adapters/document/folder-lock.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { handOutCsv } from '../../admin/people/hand-out.ts';
import { readTable, TableProblem, textOfFile } from '../../admin/people/read-table.ts';
import { previewPeople, type TakeOptions, takePeople, unknownNames } from '../../admin/people/take-people.ts';
import { StartError } from '../../app-options.ts';
import { Time } from '../../contract/values.ts';
import { startOfDate } from '../../core/local-date.ts';
import { auditCommand } from './command-audit.ts';
import { proxyAddress } from './configured-proxy.ts';
import type { Invocation } from './invocation.ts';
import { askRunning } from './people-asked.ts';
import { bytesAt, intoNewFile } from './people-file.ts';
import { type PeopleResult, reportPeople } from './people-report.ts';
import { locations } from './settings.ts';
import { type StoppedProgram, withStoppedProgram } from './stopped-program.ts';
import { EXIT, type Terminal, UsageError } from './terminal.ts';

/** What `users import` was told. */
interface ImportOrder {
  readonly file: string;
  readonly options: TakeOptions;
  readonly isDry: boolean;
  readonly skipsMistakes: boolean;
  /** The file for the Proxy-Keys; `null` makes none. */
  readonly keysPath: string | null;
}

function momentOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const ms = Time.safeParse(text).success ? Date.parse(text) : startOfDate(text, undefined);
  if (ms === null) throw new UsageError('--expires must be a date such as 2026-12-31, or an RFC 3339 time');
  return new Date(ms).toISOString();
}

/** @throws UsageError */
function orderOf({ files: [verb, file = ''], values, flags }: Invocation, terminal: Terminal): ImportOrder {
  if (verb !== 'import') throw new UsageError('users what? The one thing to do is: users import FILE');
  const { keys, channels } = values;
  if (values.expires !== undefined && keys === undefined)
    throw new UsageError('--expires says when Proxy-Keys end: name a file for them with --keys');
  return {
    file: resolve(terminal.cwd, file),
    isDry: flags.has('dry-run'),
    skipsMistakes: flags.has('skip-mistakes'),
    keysPath: keys === undefined ? null : resolve(terminal.cwd, keys),
    options: {
      group: values.group ?? null,
      makeGroups: flags.has('make-groups'),
      update: !flags.has('keep'),
      keys: keys !== undefined,
      channels:
        channels === undefined ? [] : channels === '*' ? '*' : channels.split(',').map((id) => id.trim()),
      expiresAt: momentOf(values.expires),
    },
  };
}

/** As the admin API takes it. */
const bodyOf = ({ options, isDry, skipsMistakes }: ImportOrder, bytes: Uint8Array) => ({
  file: Buffer.from(bytes).toString('base64'),
  dry_run: isDry,
  skip_mistakes: skipsMistakes,
  make_groups: options.makeGroups,
  update: options.update,
  keys: options.keys,
  channels: options.channels,
  ...(options.group === null ? {} : { group: options.group }),
  ...(options.expiresAt === null ? {} : { expires_at: options.expiresAt }),
});

async function takeStopped(
  program: StoppedProgram,
  { options, isDry, skipsMistakes }: ImportOrder,
  bytes: Uint8Array,
  proxyUrl: string,
  terminal: Terminal,
): Promise<PeopleResult> {
  const [unknown] = unknownNames(program.store, options);
  if (unknown !== undefined) throw new StartError(unknown);
  const context = { store: program.store, clock: systemClock };
  const table = await readTable(textOfFile(bytes));
  const { plan } = previewPeople(context, table, options);
  const { counts, newGroups: new_groups, people: rows } = plan;
  const isRefused = counts.mistake > 0 && !skipsMistakes;
  if (isDry || isRefused) return { done: false, counts, new_groups, rows, hand_out: null };
  const taken = await takePeople(context, table, options);
  await auditCommand(program, terminal, 'people.import', { ...counts });
  const hand_out = taken.handed.length === 0 ? null : await handOutCsv(taken.handed, proxyUrl);
  return { done: true, counts, new_groups, rows, hand_out };
}

/** Asks the program that runs on the data folder, or works on the folder where none does. */
async function take(order: ImportOrder, invocation: Invocation, terminal: Terminal): Promise<PeopleResult> {
  const bytes = await bytesAt(order.file);
  const holder = await folderHolder(locations(invocation, terminal).dataDir);
  if (holder.state === 'held') {
    const preview = await askRunning(
      { ...bodyOf(order, bytes), dry_run: true },
      holder.pid,
      invocation,
      terminal,
    );
    if (order.isDry || (preview.counts.mistake > 0 && !order.skipsMistakes)) return preview;
    return askRunning(bodyOf(order, bytes), holder.pid, invocation, terminal);
  }
  const proxyUrl = order.keysPath === null ? '' : await proxyAddress(invocation, terminal);
  const options = { instead: 'POST /api/v1/users/import' };
  try {
    return await withStoppedProgram(invocation, terminal, options, (program) =>
      takeStopped(program, order, bytes, proxyUrl, terminal),
    );
  } catch (error) {
    throw error instanceof TableProblem ? new StartError(`${order.file}: ${error.message}`) : error;
  }
}

/**
 * Takes people in from a spreadsheet, in a running program or a stopped one.
 * @returns the exit code: 1 where rows are wrong; then nothing is imported unless `--skip-mistakes` says so
 * @throws UsageError, StartError
 */
export async function users(invocation: Invocation, terminal: Terminal): Promise<number> {
  const order = orderOf(invocation, terminal);
  const { done: result, isWritten } = await intoNewFile(
    order.isDry ? null : order.keysPath,
    () => take(order, invocation, terminal),
    ({ hand_out }) => hand_out,
  );
  reportPeople(result, terminal);
  if (isWritten)
    terminal.out(`The Proxy-Keys are in ${order.keysPath}, and in no other list: keep it safe.\n`);
  return result.counts.mistake > 0 && !order.skipsMistakes ? EXIT.failed : EXIT.ok;
}

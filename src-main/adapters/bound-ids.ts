import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { ClockTrust } from '../core/clock-trust.ts';
import type { Binding, BoundIds, Clock, LogFields } from '../core/ports.ts';
import { bindingLine, readBindingLine } from './bound-ids/binding-line.ts';
import { BindingTable } from './bound-ids/binding-table.ts';
import { PRIVATE_FILE, PRIVATE_FOLDER, writeDurably } from './document/durable-write.ts';
import { reasonOf } from './log/disk-trouble.ts';

export interface BoundIdsOptions {
  /** The file, absolute; made with its folder where it is missing. */
  readonly path: string;
  readonly clock: Clock;
  /** Told when the file begins to fail; what is in memory goes on working. */
  readonly onProblem: (message: string, fields: LogFields) => void;
  /** Ids that are kept at most; 100,000. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 100_000;
/** Long enough to write several at once. */
const WRITE_EVERY_MS = 25;
const RETRY_EVERY_MS = 10_000;
/** A file with fewer lines than this is not worth rewriting. */
const SMALL_LINES = 1_000;
/** Lines made between two turns of the event loop. */
const LINES_PER_TURN = 2_000;

/** Bindings in memory and, so that they survive the process, one line each in an append-only file. */
export class StoredBoundIds implements BoundIds {
  readonly #options: BoundIdsOptions;
  readonly #table: BindingTable;
  readonly #trust: ClockTrust;
  #file: FileHandle | null = null;
  #waiting: string[] = [];
  #linesInFile = 0;
  #linesWhenCompact = 0;
  /** The file has torn, old or too many lines, or lacks some: it is written anew from memory. */
  #needsRewrite = false;
  #failing = false;
  #closed = false;
  #running: Promise<void> | null = null;
  #cancelRun: (() => void) | null = null;

  constructor(options: BoundIdsOptions) {
    this.#options = options;
    this.#trust = new ClockTrust(options.clock);
    this.#table = new BindingTable(options.limit ?? DEFAULT_LIMIT, options.clock, this.#trust);
  }

  get(id: string): readonly Binding[] {
    return this.#table.get(id);
  }

  put(id: string, binding: Binding): void {
    this.#table.put(id, binding);
    if (this.#closed) return;
    // What the file lacks is rewritten from memory, so nothing piles up while it fails.
    if (!this.#needsRewrite || this.#running !== null) this.#waiting.push(bindingLine(id, binding));
    if (!this.#failing) this.#runIn(WRITE_EVERY_MS);
  }

  /** Resolves when everything put so far is in the file, or when the disk refused it. */
  async flush(): Promise<void> {
    await this.#running;
    if (this.#waiting.length > 0 || this.#needsRewrite) await this.#run();
  }

  /** Writes what waits and lets go of the file. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#cancelRun?.();
    await this.#release();
  }

  /** Reads the file. Lines that cannot be read are left out; a file that cannot be read is reported. */
  async load(): Promise<void> {
    let text = '';
    try {
      text = await readFile(this.#options.path, 'utf8');
      this.#trust.lastAlive((await stat(this.#options.path)).mtimeMs);
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT') this.#tell(error);
      return;
    }
    const lines = text.split('\n');
    const end = lines.pop();
    for (const line of lines) {
      const known = readBindingLine(line);
      if (known !== null) this.#table.put(known.id, known.binding);
    }
    this.#linesInFile = lines.length;
    this.#linesWhenCompact = lines.length;
    this.#needsRewrite = end !== '' || lines.length !== [...this.#table.alive()].length;
    if (this.#needsRewrite) this.#runIn(WRITE_EVERY_MS);
  }

  #runIn(delayMs: number): void {
    if (this.#running !== null || this.#cancelRun !== null) return;
    this.#cancelRun = this.#options.clock.after(delayMs, () => void this.#run());
  }

  /** Everything that touches the file after the start happens in here, and only once at a time. */
  #run(): Promise<void> {
    if (this.#running !== null) return this.#running;
    this.#cancelRun?.();
    this.#cancelRun = null;
    this.#running = this.#write().then(() => {
      this.#running = null;
      if (this.#waiting.length > 0 || this.#needsRewrite)
        this.#runIn(this.#failing ? RETRY_EVERY_MS : WRITE_EVERY_MS);
    });
    return this.#running;
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    try {
      await (this.#needsRewrite ? this.#rewrite() : this.#append(lines));
      this.#failing = false;
    } catch (error) {
      this.#needsRewrite = true;
      this.#waiting = [];
      this.#tell(error);
      await this.#release();
    }
  }

  async #append(lines: readonly string[]): Promise<void> {
    const { path } = this.#options;
    await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    this.#file ??= await open(path, 'a', PRIVATE_FILE);
    await this.#file.appendFile(lines.join(''));
    this.#linesInFile += lines.length;
    this.#needsRewrite = this.#linesInFile >= 2 * Math.max(this.#linesWhenCompact, SMALL_LINES);
  }

  async #rewrite(): Promise<void> {
    const { path } = this.#options;
    const pieces: Buffer[] = [];
    let lines: string[] = [];
    let count = 0;
    for (const [id, binding] of this.#table.alive()) {
      lines.push(bindingLine(id, binding));
      count += 1;
      if (lines.length < LINES_PER_TURN) continue;
      pieces.push(Buffer.from(lines.join('')));
      lines = [];
      await turnOfLoop();
    }
    await this.#release();
    await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    await writeDurably(path, Buffer.concat([...pieces, Buffer.from(lines.join(''))]));
    this.#linesInFile = count;
    this.#linesWhenCompact = count;
    this.#needsRewrite = false;
  }

  async #release(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close().catch(() => undefined);
  }

  #tell(error: unknown): void {
    if (!this.#failing)
      this.#options.onProblem('the ids that platforms handed out cannot be kept over a restart', {
        file: this.#options.path,
        reason: reasonOf(error),
      });
    this.#failing = true;
  }
}

/** Opens the file with what earlier runs learned. */
export async function openBoundIds(options: BoundIdsOptions): Promise<StoredBoundIds> {
  const bound = new StoredBoundIds(options);
  await bound.load();
  return bound;
}

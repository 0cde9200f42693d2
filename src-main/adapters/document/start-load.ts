import { copyFile, rm } from 'node:fs/promises';
import { ConfigurationError, findingLine } from '../../contract/configuration-error.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import { type Assembly, assemble, findingsOf, hasErrors, recordErrors } from './assemble.ts';
import type { Backups } from './backups.ts';
import { temporaryPath } from './durable-write.ts';
import type { Layout, Slot } from './layout.ts';
import { type FileContent, type FileRead, readConfigFile, versioned } from './read-file.ts';
import type { TextEngine } from './text-engine.ts';

/** What a start works with. */
export interface StartTools {
  readonly engine: TextEngine;
  readonly backups: Backups;
  readonly rules: ChannelRules;
  /** For the names of files that are set aside. */
  readonly nowMs: number;
  /** Puts recovered content in a file's place. */
  restore(path: string, data: Uint8Array): Promise<void>;
}

export interface Loaded {
  readonly contents: ReadonlyMap<string, FileContent>;
  readonly assembly: Assembly;
  readonly notices: readonly string[];
}

interface Source {
  readonly what: string;
  readonly content: FileContent;
}

/** One file's state at the start: what is used, and where that came from if not from the file itself. */
interface Candidate {
  readonly slot: Slot;
  readonly main: FileRead;
  current: FileContent | null;
  recovered: { readonly from: string; readonly because: string } | null;
}

/** Reads the configuration when nothing is running yet, and recovers what a crash has left behind. */
export class StartLoad {
  readonly #tools: StartTools;
  readonly #notices: string[] = [];

  constructor(tools: StartTools) {
    this.#tools = tools;
  }

  /** @throws ConfigurationError where no valid state can be found; it never starts empty instead */
  async load(layout: Layout): Promise<Loaded> {
    const asTheyAre = await this.#asTheyAre(layout);
    const whole = asTheyAre.every(({ current }) => current !== null) ? this.#assemble(asTheyAre) : null;
    const isSound = whole !== null && !hasErrors(whole);
    const candidates: Candidate[] = [];
    // Nearly always all is well; only where it is not, each file is looked at by itself.
    for (const { slot, main } of asTheyAre) if (!isSound) candidates.push(await this.#candidate(slot, main));
    const assembly = isSound ? whole : await this.#sound(candidates);
    return this.#settled(isSound ? asTheyAre : candidates, assembly, layout);
  }

  async #asTheyAre({ slots, own }: Layout): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    for (const slot of slots) {
      const found = await readConfigFile(slot.path, this.#tools.engine);
      const main = own ? versioned(found) : found;
      candidates.push({ slot, main, current: main.ok ? main.content : null, recovered: null });
    }
    return candidates;
  }

  async #settled(candidates: readonly Candidate[], assembly: Assembly, layout: Layout): Promise<Loaded> {
    const isNew = candidates.every(({ current }) => current === null);
    for (const candidate of candidates) await this.#settle(candidate, isNew, layout);
    const contents = new Map<string, FileContent>();
    for (const { slot, current } of candidates) if (current !== null) contents.set(slot.path, current);
    return { contents, assembly, notices: this.#notices };
  }

  async #candidate(slot: Slot, main: FileRead): Promise<Candidate> {
    if (!main.ok && main.why === 'newer') throw ConfigurationError.of(main.findings);
    const findings = main.ok
      ? await findingsOf(recordErrors(main.content), this.#tools.engine)
      : main.findings;
    const [problem] = findings;
    if (main.ok && problem === undefined) return { slot, main, current: main.content, recovered: null };
    for await (const { what, content } of this.#others(slot)) {
      if (recordErrors(content).length > 0) continue;
      const because = problem === undefined ? 'it is not valid' : findingLine(problem);
      return { slot, main, current: content, recovered: { from: what, because } };
    }
    if (main.ok || main.why !== 'missing') throw ConfigurationError.of(findings);
    return { slot, main, current: null, recovered: null };
  }

  /** What can stand in for a file, the newest first: a temporary file is newer than every backup. */
  async *#others(slot: Slot): AsyncGenerator<Source> {
    const places = [{ path: temporaryPath(slot.path), what: 'the temporary file of an unfinished save' }];
    for (const { path, time } of await this.#tools.backups.list(slot.path)) {
      places.push({ path, what: `the backup of ${new Date(time).toISOString()}` });
    }
    for (const { path, what } of places) {
      const read = await readConfigFile(slot.path, this.#tools.engine, path);
      if (read.ok && !read.content.legacy) yield { what, content: read.content };
    }
  }

  /** The whole, without errors: as the files are, or with older versions of those that do not fit the others. */
  async #sound(candidates: Candidate[]): Promise<Assembly> {
    const first = this.#assemble(candidates);
    if (!hasErrors(first)) return first;
    const findings = await findingsOf(first.issues, this.#tools.engine);
    const because = findings.slice(0, 1).map(findingLine).join();
    for (const candidate of candidates) {
      const { current, recovered } = candidate;
      const atFault = first.issues.some(({ file, severity }) => file === current && severity === 'error');
      if (current === null || current.legacy || !atFault) continue;
      for await (const { what, content } of this.#others(candidate.slot)) {
        candidate.current = content;
        candidate.recovered = { from: what, because };
        const next = this.#assemble(candidates);
        if (!hasErrors(next)) return next;
      }
      candidate.current = current;
      candidate.recovered = recovered;
    }
    throw ConfigurationError.of(findings);
  }

  #assemble(candidates: readonly Candidate[]): Assembly {
    const files = candidates.flatMap(({ current }) => (current === null ? [] : [current]));
    return assemble(files, undefined, this.#tools.rules);
  }

  /** Makes what is used what is on the disk, and says so. */
  async #settle(
    { slot, main, current, recovered }: Candidate,
    isNew: boolean,
    layout: Layout,
  ): Promise<void> {
    if (recovered !== null && current !== null) {
      await this.#recover(slot.path, main, current, recovered.from, recovered.because);
    } else if (current === null && !isNew && layout.own) {
      this.#notices.push(
        `${slot.path} is missing and has no backup: starting without ${slot.sections.join(', ')}`,
      );
    }
    if (current !== null && !current.legacy) await rm(temporaryPath(slot.path), { force: true });
  }

  async #recover(
    path: string,
    main: FileRead,
    content: FileContent,
    from: string,
    because: string,
  ): Promise<void> {
    const bad = `${path}.bad-${new Date(this.#tools.nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
    const isThere = main.ok || main.why !== 'missing';
    const kept = isThere ? `; the bad file was kept as ${bad}` : '';
    this.#notices.push(`RECOVERED ${path} from ${from}, because it could not be used: ${because}${kept}`);
    try {
      if (isThere) await copyFile(path, bad);
      await this.#tools.restore(path, content.bytes);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#notices.push(`${path} could not be replaced by what was recovered (${why}); it runs from memory`);
    }
  }
}

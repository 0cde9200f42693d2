import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Document, MapSection, System } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import type {
  AppLog,
  Clock,
  DocumentOrigin,
  DocumentStore,
  RecordChange,
  RecordOf,
  Stored,
  SystemChange,
} from '../../core/ports.ts';
import { isObject } from '../../core/same-value.ts';
import { systemClock } from '../system-clock.ts';
import { BackupTurns } from './backup-turns.ts';
import type { Backups } from './backups.ts';
import { type Change, changedMembers, detached, frozen, memberOf, versionOf } from './changes.ts';
import { planBatch } from './commit-plan.ts';
import { CommitQueue, type Pending } from './commit-queue.ts';
import { type CommitStep, filesOf, type Written, writeStep } from './commit-write.ts';
import type { Configuration } from './configuration.ts';
import type { DiskView } from './disk-view.ts';
import type { FileContent } from './read-file.ts';
import { changesBetween, commitSteps } from './replacement.ts';

/** What the store stands on. */
export interface StoreParts {
  readonly configuration: Configuration;
  readonly disk: DiskView;
  readonly backups: Backups;
  readonly rules: ChannelRules;
  readonly clock: Clock;
  readonly log: AppLog;
}

type Listener = Parameters<DocumentStore['subscribe']>[0];

/** Editors write in more than one step; what cannot be read is looked at once more after this time. */
const SECOND_LOOK_MS = 200;

/** The document in files: reads from memory, changes through one queue, hand edits taken over on the way. */
export class LowdbStore implements DocumentStore {
  readonly #parts: StoreParts;
  readonly #backUps: BackupTurns;
  readonly #queue: CommitQueue;
  readonly #listeners = new Set<Listener>();
  #document: Document;
  #closed = false;
  #afterClose = async (): Promise<void> => undefined;

  constructor(document: Document, parts: StoreParts) {
    this.#document = frozen(document);
    this.#parts = parts;
    // Whatever clock the program runs by: one that stands still must not hold a write.
    this.#queue = new CommitQueue(() => this.#commit(), systemClock);
    this.#backUps = new BackupTurns(parts.backups, parts.clock, parts.log);
  }

  get current(): Document {
    return this.#document;
  }

  get readOnly(): string | null {
    return this.#parts.configuration.readOnly;
  }

  get problems(): readonly string[] {
    return this.#parts.configuration.problems;
  }

  get<S extends MapSection>(section: S, id: string): Stored<RecordOf<S>> | null {
    const record = memberOf(this.#document, section, id);
    // The document was validated, so what stands in a section has the section's type.
    return isObject(record) ? { record: record as RecordOf<S>, version: versionOf(record) } : null;
  }

  async put<S extends MapSection>(
    section: S,
    id: string,
    record: RecordOf<S>,
    expectedVersion?: string | null,
  ): Promise<Stored<RecordOf<S>>> {
    const value = detached(record);
    await this.#add([{ section, id, value, expected: expectedVersion }]);
    // What was committed is a copy of `record`, so it has its type.
    return { record: value as RecordOf<S>, version: versionOf(value as object) };
  }

  async delete(section: MapSection, id: string, expectedVersion?: string): Promise<void> {
    await this.#add([{ section, id, value: undefined, expected: expectedVersion }]);
  }

  async change(changes: readonly (RecordChange | SystemChange)[]): Promise<void> {
    await this.#add(
      changes.map((change) =>
        change.section === 'system'
          ? { section: 'system', id: change.id, value: detached(change.value), expected: undefined }
          : {
              section: change.section,
              id: change.id,
              value: detached(change.record),
              expected: change.expectedVersion,
            },
      ),
    );
  }

  getSystem(): Stored<System> {
    const record = this.#document.system;
    return { record, version: versionOf(record) };
  }

  async patchSystem(patch: Partial<System>, expectedVersion?: string): Promise<void> {
    const members = Object.entries(patch);
    await this.#add(
      members.map(([id, value]) => ({ section: 'system', id, value: detached(value), expected: undefined })),
      expectedVersion,
    );
  }

  async insertMany(records: { readonly [S in MapSection]?: Document[S] }): Promise<void> {
    const changes = Object.entries(records).flatMap(([section, members]) =>
      Object.entries(members).map(([id, record]) => ({
        section: section as MapSection,
        id,
        value: detached(record),
        expected: null,
      })),
    );
    await this.#add(changes);
  }

  async replaceAll(document: Document): Promise<void> {
    this.#refuseWrites();
    await this.#queue.run(() => this.#replace(document));
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits for what is being written; refuses what comes later. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue.run(() => this.#backUps.now([]));
    this.#listeners.clear();
    await this.#afterClose();
  }

  /** Sets what is to be let go when the last change is written. */
  onClose(afterClose: () => Promise<void>): void {
    this.#afterClose = afterClose;
  }

  /** Takes over what was changed by hand. @param thorough compares contents even where no file seems to have changed */
  async refresh(thorough: boolean): Promise<void> {
    if (!this.#closed) await this.#queue.run(() => this.#look(thorough));
  }

  /** Makes sure that what is in use has a backup. */
  backUp(): Promise<void> {
    return this.#queue.run(() => this.#backUps.now(this.#parts.configuration.contents()));
  }

  #refuseWrites(): void {
    if (this.#closed) throw new ProxyError('draining', 'AIProxy is stopping');
    if (this.readOnly !== null) throw new ProxyError('config_read_only', this.readOnly);
  }

  async #add(changes: readonly Change[], systemVersion?: string): Promise<void> {
    this.#refuseWrites();
    if (changes.length > 0) await this.#queue.add(changes, systemVersion);
  }

  async #look(thorough: boolean): Promise<void> {
    const { disk, configuration, clock, log } = this.#parts;
    const changed = await disk.changed(configuration.paths(), thorough);
    const broken = [...changed].filter(([, read]) => !read.ok);
    if (broken.length > 0) {
      log.debug('configuration: a file cannot be read; it is looked at once more');
      await new Promise<void>((resolve) => void clock.after(SECOND_LOOK_MS, resolve));
      for (const [path] of broken) disk.forget(path);
      for (const [path, read] of await disk.changed(configuration.paths(), false)) changed.set(path, read);
    }
    if (changed.size === 0) return;
    const before = this.#document;
    const next = await configuration.takeOver(changed, before);
    if (next === null || next === before) return;
    this.#queue.overtake(changedMembers(before, next));
    log.info('configuration reloaded');
    this.#publish(next, 'files');
    this.#backUps.later(configuration.contents());
  }

  async #commit(): Promise<void> {
    const { log } = this.#parts;
    await this.#look(false).catch((error: unknown) => log.error(`configuration: ${String(error)}`));
    const batch = this.#queue.take();
    try {
      await this.#write(batch);
    } catch (error) {
      // Whoever waits must hear of it, even of a bug.
      for (const pending of batch) pending.reject(error);
    }
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    const { configuration, rules } = this.#parts;
    const plan = planBatch(batch, this.#document, rules, (pending) => this.#refuseBlocked(pending));
    await nextTurn();
    const changes = plan.accepted.flatMap((pending) => pending.changes);
    const isOneFile = new Set(changes.map(({ section }) => configuration.fileOf(section))).size < 2;
    // A file is written whole, so that only between two of them a crash can leave a name without its record.
    const steps = isOneFile
      ? [{ changes, document: plan.document }]
      : commitSteps(changes, this.#document, plan.document, rules);
    const { files, failures } = await this.#writeSteps(steps);
    for (const pending of plan.accepted) {
      const failure = [...filesOf(pending, configuration)].map((path) => failures.get(path)).find(Boolean);
      if (failure === undefined) pending.resolve(this.#document);
      else pending.reject(failure);
    }
    this.#backUps.later(files);
  }

  /** Writes one step after the other; where a file cannot be written, the later steps are left undone. */
  async #writeSteps(steps: readonly CommitStep[]): Promise<Pick<Written, 'files' | 'failures'>> {
    const { configuration } = this.#parts;
    const failures = new Map<string, ProxyError>();
    const files = new Map<string, FileContent>();
    for (const step of steps) {
      const [failure] = failures.values();
      if (failure !== undefined) {
        for (const { section } of step.changes) failures.set(configuration.fileOf(section), failure);
        continue;
      }
      const written = await writeStep(step, this.#document, configuration);
      for (const file of written.files) files.set(file.path, file);
      for (const [path, error] of written.failures) failures.set(path, error);
      if (written.files.length > 0) this.#publish(written.document, 'change');
    }
    return { files: [...files.values()], failures };
  }

  /** Nothing else is committed meanwhile: what it holds afterwards is this document. */
  async #replace(document: Document): Promise<void> {
    await this.#look(false);
    const failures: unknown[] = [];
    const changes = changesBetween(this.#document, document);
    const reject = (failure: unknown): void => void failures.push(failure);
    await this.#write([{ changes, overtaken: false, resolve: () => undefined, reject }]);
    for (const failure of failures) throw failure;
  }

  #refuseBlocked(pending: Pending): void {
    const { configuration } = this.#parts;
    for (const path of filesOf(pending, configuration)) {
      const reason = configuration.blocked(path);
      if (reason !== null) throw new ProxyError('conflict', reason);
    }
  }

  #publish(document: Document, origin: DocumentOrigin): void {
    this.#document = frozen(document);
    for (const listener of this.#listeners) {
      try {
        listener(this.#document, origin);
      } catch (error) {
        this.#parts.log.error(`a listener of the configuration failed: ${String(error)}`);
      }
    }
  }
}

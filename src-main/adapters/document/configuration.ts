import { type Finding, findingLine } from '../../contract/configuration-error.ts';
import { DOCUMENT_VERSION, type Document, type SectionName } from '../../contract/document.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import type { AppLog } from '../../core/ports.ts';
import { isObject } from '../../core/same-value.ts';
import { type Assembly, assemble, findingsOf, hasErrors, type PlacedIssue } from './assemble.ts';
import type { TextEdit } from './config-file.ts';
import { formatOf } from './config-file.ts';
import type { DiskView } from './disk-view.ts';
import type { WriteCalls } from './durable-write.ts';
import type { Layout } from './layout.ts';
import type { FileContent, FileRead } from './read-file.ts';
import { StoredFile } from './stored-file.ts';
import type { TextEngine } from './text-engine.ts';

/** What the files of a configuration are worked on with. */
export interface ConfigurationTools {
  readonly engine: TextEngine;
  readonly disk: DiskView;
  readonly rules: ChannelRules;
  readonly log: AppLog;
  readonly calls: WriteCalls | undefined;
}

const MOST_LOGGED = 20;

/** The files of a configuration: which are accepted, which were changed by hand and refused, which section is where. */
export class Configuration {
  readonly #layout: Layout;
  readonly #tools: ConfigurationTools;
  readonly #files = new Map<string, StoredFile>();
  /** Files that differ from what is in use, because what they hold now cannot be used. */
  readonly #refused = new Map<string, FileRead>();
  readonly #told = new Set<string>();
  /** What is wrong with them, as it was logged. */
  #problems: readonly string[] = [];
  #assembly: Assembly;

  constructor(
    layout: Layout,
    contents: ReadonlyMap<string, FileContent>,
    assembly: Assembly,
    tools: ConfigurationTools,
  ) {
    this.#layout = layout;
    this.#tools = tools;
    this.#assembly = assembly;
    for (const { message } of assembly.issues) this.#told.add(message);
    for (const content of contents.values()) this.#accept(content);
  }

  get readOnly(): string | null {
    return this.#assembly.readOnly;
  }

  /** Why the files as they are now are not in use: `file:line:column: reason`; empty where they are. */
  get problems(): readonly string[] {
    return this.#refused.size === 0 ? [] : this.#problems;
  }

  /** The file a section is written to: where it was found, else where it belongs. */
  fileOf(section: SectionName): string {
    const found = this.#assembly.places.get(section)?.path;
    const slots = this.#layout.slots;
    const slot = slots.find(({ sections }) => sections.includes(section)) ?? slots[0];
    return found ?? slot?.path ?? '';
  }

  /** Why a file must not be written just now: it holds a change by hand that could not be taken over. */
  blocked(path: string): string | null {
    const refused = this.#refused.get(path);
    if (refused === undefined || (!refused.ok && refused.why === 'missing')) return null;
    return `${path} was edited by hand and is not valid; correct it first`;
  }

  /** Takes over what was changed by hand, or logs why not. Returns the document where it is another one. */
  async takeOver(changed: ReadonlyMap<string, FileRead>, current: Document): Promise<Document | null> {
    for (const [path, read] of changed) this.#refused.set(path, read);
    this.#report([...changed.values()].flatMap((read) => (read.ok ? [] : read.findings)));
    const reads = [...this.#refused.values()];
    this.#problems = problemsIn(reads.flatMap((read) => (read.ok ? [] : read.findings)));
    const fresh = reads.flatMap((read) => (read.ok ? [read.content] : []));
    if (fresh.length === 0) return null;
    const next = assemble(this.#contentsWith(fresh), current, this.#tools.rules);
    const findings = await findingsOf(this.#news(next), this.#tools.engine);
    this.#report(findings);
    if (hasErrors(next)) {
      this.#problems = [...this.#problems, ...problemsIn(findings)];
      return null;
    }
    for (const content of fresh) {
      this.#accept(content);
      this.#refused.delete(content.path);
    }
    this.#assembly = next;
    return next.document;
  }

  /** Writes the changes of one file. @throws the system's error, SharedTextError */
  async write(path: string, edits: readonly TextEdit[], document: Document): Promise<FileContent> {
    const file = this.#files.get(path) ?? this.#create(path);
    const root: Record<string, unknown> = { ...(isObject(file.content.root) ? file.content.root : {}) };
    for (const section of new Set(edits.map((edit) => edit.section))) root[section] = document[section];
    await file.write(edits, root);
    this.#files.set(path, file);
    this.#refused.delete(path);
    await this.#tools.disk.note(path, file.content.hash);
    this.#placeSections(file.content);
    return file.content;
  }

  /** The files of the data folder that do not exist yet. */
  absent(): string[] {
    return this.#layout.own ? this.paths().filter((path) => !this.#files.has(path)) : [];
  }

  /** What is in use, file by file. */
  contents(): FileContent[] {
    return [...this.#files.values()].map(({ content }) => content);
  }

  paths(): string[] {
    return this.#layout.slots.map(({ path }) => path);
  }

  #accept(content: FileContent): void {
    const file = this.#files.get(content.path);
    if (file !== undefined) file.accept(content);
    else this.#files.set(content.path, this.#stored(content));
  }

  #stored(content: FileContent): StoredFile {
    return new StoredFile(content, this.#tools.engine, this.#layout.own, this.#tools.calls);
  }

  #create(path: string): StoredFile {
    const format = formatOf(path) ?? 'json';
    const sections = this.#layout.slots.find((slot) => slot.path === path)?.sections ?? [];
    const missing = sections.filter((section) => !this.#assembly.places.has(section));
    const root = {
      version: DOCUMENT_VERSION,
      ...Object.fromEntries(missing.map((section) => [section, {}])),
    };
    const content = {
      path,
      format,
      hash: null,
      bytes: new Uint8Array(),
      root,
      legacy: false,
      migrated: false,
    };
    return this.#stored(content);
  }

  #placeSections(content: FileContent): void {
    const own = this.#layout.slots.find(({ path }) => path === content.path)?.sections ?? [];
    const held = own.filter((section) => isObject(content.root) && section in content.root);
    const kept = [...this.#assembly.places].filter(([, file]) => file.path !== content.path);
    const before = [...this.#assembly.places].filter(([, file]) => file.path === content.path);
    const sections = new Set([...before.map(([section]) => section), ...held]);
    const places = new Map([
      ...kept,
      ...[...sections].map((section): [SectionName, FileContent] => [section, content]),
    ]);
    this.#assembly = { ...this.#assembly, places };
  }

  #contentsWith(fresh: readonly FileContent[]): FileContent[] {
    const contents = new Map(this.contents().map((content) => [content.path, content]));
    for (const content of fresh) contents.set(content.path, content);
    return [...contents.values()];
  }

  /** What is to be told: errors each time they are met, else warnings, once. Their places are looked up only then. */
  #news({ issues }: Assembly): PlacedIssue[] {
    const errors = issues.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return errors.slice(0, MOST_LOGGED);
    const fresh = issues.filter(({ message }) => !this.#told.has(message));
    for (const { message } of fresh) this.#told.add(message);
    return fresh.slice(0, MOST_LOGGED);
  }

  #report(findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (finding.severity === 'warning') this.#tools.log.warn(`configuration: ${findingLine(finding)}`);
      else this.#tools.log.error(`configuration refused, the running one stays: ${findingLine(finding)}`);
    }
  }
}

const problemsIn = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity !== 'warning').map(findingLine);

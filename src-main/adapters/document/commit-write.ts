import { type Document, MAP_SECTIONS, type SectionName } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { plainReason, systemCode } from '../../core/disk-words.ts';
import type { Change } from './changes.ts';
import type { Pending } from './commit-queue.ts';
import type { Configuration } from './configuration.ts';
import type { FileContent } from './read-file.ts';
import { SharedTextError } from './yaml-text.ts';

/** Changes that are written together, and the document they result in. */
export interface CommitStep {
  readonly changes: readonly Change[];
  readonly document: Document;
}

/** What became of a step: what was written, and why the rest was not. */
export interface Written {
  readonly files: readonly FileContent[];
  readonly failures: ReadonlyMap<string, ProxyError>;
  /** What the files now hold together. */
  readonly document: Document;
}

// Channels are named by users, users by the system section: in this order a crash in between leaves nothing dangling.
const ORDER: readonly SectionName[] = [
  'channels',
  'groups',
  'users',
  'proxy_keys',
  'prices',
  'alerts',
  'system',
];

const READ_ONLY: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM']);

function failureOf(path: string, error: unknown): ProxyError {
  if (error instanceof SharedTextError) return new ProxyError('conflict', `${path}: ${error.message}`);
  const system = systemCode(error);
  if (system === null) {
    const reason = error instanceof Error ? error.message : String(error);
    return new ProxyError('internal_error', `the change could not be saved: ${reason}`, { cause: error });
  }
  const code = READ_ONLY.has(system) ? 'config_read_only' : 'storage_failed';
  const said = error instanceof Error ? error.message : system;
  const message = `the change could not be saved: ${path}: ${plainReason(error)} (${said})`;
  return new ProxyError(code, message, { cause: error });
}

/** The files a change is written to. */
export function filesOf(pending: Pending, configuration: Configuration): Set<string> {
  return new Set(pending.changes.map(({ section }) => configuration.fileOf(section)));
}

function mergedDocument(step: CommitStep, base: Document, failed: ReadonlySet<SectionName>): Document {
  if (failed.size === 0) return step.document;
  const kept = [...failed].map((section) => [section, base[section]]);
  return { ...step.document, ...Object.fromEntries(kept) } as Document;
}

/** Writes a step, one file after the other, each by itself whole. A file that cannot be written keeps its old content. */
export async function writeStep(
  step: CommitStep,
  base: Document,
  configuration: Configuration,
): Promise<Written> {
  const ordered = step.changes.toSorted((a, b) => ORDER.indexOf(a.section) - ORDER.indexOf(b.section));
  const edits = Map.groupBy(ordered, ({ section }) => configuration.fileOf(section));
  for (const path of edits.size === 0 ? [] : configuration.absent()) {
    if (!edits.has(path)) edits.set(path, []);
  }
  const failures = new Map<string, ProxyError>();
  const files: FileContent[] = [];
  for (const [path, own] of edits) {
    try {
      files.push(await configuration.write(path, own, step.document));
    } catch (error) {
      failures.set(path, failureOf(path, error));
    }
  }
  const sections = [...MAP_SECTIONS, 'system' as const];
  const failed = new Set(sections.filter((section) => failures.has(configuration.fileOf(section))));
  return { files, failures, document: mergedDocument(step, base, failed) };
}

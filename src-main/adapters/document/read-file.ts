import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Finding } from '../../contract/configuration-error.ts';
import { DOCUMENT_VERSION } from '../../contract/document.ts';
import { migrate } from '../../core/migrations.ts';
import { isObject } from '../../core/same-value.ts';
import { type Format, formatOf, positionsIn, type TextProblem } from './config-file.ts';
import { decodeText } from './decode-text.ts';
import type { TextEngine } from './text-engine.ts';

/** A configuration file as it was read and understood. */
export interface FileContent {
  readonly path: string;
  readonly format: Format;
  /** Of the bytes on disk; `null` where there is no file yet. */
  readonly hash: string | null;
  /** As they are on the disk; the text is taken from them where it is needed, which is seldom. */
  readonly bytes: Uint8Array;
  /** The parsed value, brought to the current version; a legacy file's as it is. */
  readonly root: unknown;
  /** A file without `version`, of the system that AIProxy replaces. */
  readonly legacy: boolean;
  /** The text is of an older version than the root. */
  readonly migrated: boolean;
}

/** The text of a file that was read before, without a byte order mark. */
export function textOf({ bytes }: Pick<FileContent, 'bytes'>): string {
  return new TextDecoder().decode(bytes);
}

export type FileRead =
  | { readonly ok: true; readonly content: FileContent }
  | {
      readonly ok: false;
      readonly why: 'missing' | 'newer' | 'invalid';
      readonly hash: string | null;
      readonly findings: readonly Finding[];
    };

/** The mark by which a version of a file is recognised again. */
export function hashOf(data: string | Uint8Array): string {
  return hash('sha256', data);
}

function findingsOf(path: string, text: string, problems: readonly TextProblem[]): Finding[] {
  const positionAt = positionsIn(text);
  return problems.map(({ offset, message }) => ({
    file: path,
    ...positionAt(offset),
    severity: 'error',
    message: message.split('\n')[0] ?? message,
  }));
}

/** Reads one file as what `path` is; `from` is where its bytes are (a backup, a temporary file). */
export async function readConfigFile(
  path: string,
  engine: TextEngine,
  from: string = path,
): Promise<FileRead> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(from);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = missing
      ? 'no such file'
      : `cannot be read: ${error instanceof Error ? error.message : error}`;
    return {
      ok: false,
      why: missing ? 'missing' : 'invalid',
      hash: null,
      findings: findingsOf(from, '', [{ offset: 0, message }]),
    };
  }
  return understand(path, from, bytes, engine);
}

/** In the data folder itself a file without `version` is not legacy but damaged: nothing of the older system lives there. */
export function versioned(read: FileRead): FileRead {
  if (!read.ok || !read.content.legacy) return read;
  const { path, hash } = read.content;
  const problem = { offset: 0, message: `version is missing; it should be ${DOCUMENT_VERSION}` };
  return { ok: false, why: 'invalid', hash, findings: findingsOf(path, '', [problem]) };
}

async function understand(
  path: string,
  from: string,
  bytes: Uint8Array,
  engine: TextEngine,
): Promise<FileRead> {
  const mark = hashOf(bytes);
  const refuse = (
    text: string,
    problems: readonly TextProblem[],
    why: 'newer' | 'invalid' = 'invalid',
  ): FileRead => ({
    ok: false,
    why,
    hash: mark,
    findings: findingsOf(from, text, problems),
  });
  const decoded = decodeText(bytes);
  if (!decoded.ok) return refuse('', [decoded.problem]);
  const { text } = decoded;
  const format = formatOf(path) ?? 'json';
  const parsed = await engine.parse(text, format);
  if (!parsed.ok) return refuse(text, parsed.problems);
  const base = { path, format, hash: mark, bytes };
  if (Array.isArray(parsed.value) || (isObject(parsed.value) && !('version' in parsed.value))) {
    return { ok: true, content: { ...base, root: parsed.value, legacy: true, migrated: false } };
  }
  if (!isObject(parsed.value))
    return refuse(text, [{ offset: 0, message: 'the file must hold a map of sections' }]);
  const result = migrate(parsed.value);
  if (!result.ok) {
    const [at] = await engine.locate(text, format, [['version']]);
    const findings = [
      {
        file: from,
        line: at?.line ?? 1,
        column: at?.column ?? 1,
        severity: 'error' as const,
        message: result.reason,
      },
    ];
    return { ok: false, why: result.newer ? 'newer' : 'invalid', hash: mark, findings };
  }
  return { ok: true, content: { ...base, root: result.root, legacy: false, migrated: result.changed } };
}

import type { SectionName } from '../../contract/document.ts';

export type Format = 'json' | 'yaml';

/** The format a file is read and written in, by the end of its name; `null` for other files. */
export function formatOf(path: string): Format | null {
  if (/\.json$/i.test(path)) return 'json';
  return /\.ya?ml$/i.test(path) ? 'yaml' : null;
}

/** One change to one member of one section of a file; `undefined` removes it. */
export interface TextEdit {
  readonly section: SectionName;
  readonly id: string;
  readonly value: unknown;
}

/** Something wrong at one offset of a text. */
export interface TextProblem {
  readonly offset: number;
  readonly message: string;
}

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly TextProblem[] };

/** A file's content that can be changed record by record, everything else staying as it was written. */
export interface EditableText {
  edit(edits: readonly TextEdit[]): void;
  text(): string;
}

/** Where in a text something stands. Both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

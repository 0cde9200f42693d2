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

const MOST_PROBLEMS = 20;

/** The first of what is wrong, and how much more there is: a file of another kind may hold a million mistakes. */
export function firstProblems(problems: readonly TextProblem[]): readonly TextProblem[] {
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const message = `${problems.length - MOST_PROBLEMS} more mistakes from here on`;
  return [...problems.slice(0, MOST_PROBLEMS), { offset: next.offset, message }];
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

/** Tells line and column of offsets; the lines are counted once for all of them. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

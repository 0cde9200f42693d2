import type { Format, Parsed, Position, TextEdit } from './config-file.ts';
import { parseJson } from './json-text.ts';
import { locate, type MemberPath } from './locate.ts';
import { editYaml, parseYaml, SharedTextError } from './yaml-text.ts';

/** What takes long on large files, as messages between threads. */
export type TextTask =
  | { readonly kind: 'parse'; readonly text: string; readonly format: Format }
  | { readonly kind: 'edit'; readonly text: string; readonly edits: readonly TextEdit[] }
  | {
      readonly kind: 'locate';
      readonly text: string;
      readonly format: Format;
      readonly paths: readonly MemberPath[];
    };

export type TextResult =
  | { readonly kind: 'parsed'; readonly parsed: Parsed }
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'shared'; readonly message: string }
  | { readonly kind: 'located'; readonly positions: readonly Position[] };

function edit(text: string, edits: readonly TextEdit[]): TextResult {
  try {
    return { kind: 'edited', text: editYaml(text, edits) };
  } catch (error) {
    if (error instanceof SharedTextError) return { kind: 'shared', message: error.message };
    throw error;
  }
}

/** Does one piece of work, in whichever thread it is called. */
export function doTextTask(task: TextTask): TextResult {
  switch (task.kind) {
    case 'parse':
      return { kind: 'parsed', parsed: task.format === 'yaml' ? parseYaml(task.text) : parseJson(task.text) };
    case 'edit':
      return edit(task.text, task.edits);
    case 'locate':
      return { kind: 'located', positions: locate(task.text, task.format, task.paths) };
  }
}

import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isObject } from '../../core/same-value.ts';
import {
  type EditableText,
  firstProblems,
  type Parsed,
  type TextEdit,
  type TextProblem,
} from './config-file.ts';
import { indentOf, newlineOf } from './decode-text.ts';
import { duplicateKeys, type JsonMember, jsonMembers } from './json-scan.ts';

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no value',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'nothing more is expected here',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'this string does not end',
};

function syntaxError(text: string): Parsed {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [{ offset: 0, message: 'the values are nested too deeply' }] };
  }
  const first = errors[0];
  const code = first === undefined ? '' : printParseErrorCode(first.error);
  const reason = WORDS[code] ?? code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return {
    ok: false,
    problems: [{ offset: first?.offset ?? 0, message: `not valid JSON: ${reason || 'bad syntax'}` }],
  };
}

/** Reads JSON strictly; a member that stands twice in one object is an error, because one of the two would be lost. */
export function parseJson(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return syntaxError(text);
  }
  const problems = structureProblems(text);
  return problems.length > 0 ? { ok: false, problems: firstProblems(problems) } : { ok: true, value };
}

function structureProblems(text: string): readonly TextProblem[] {
  try {
    return duplicateKeys(text);
  } catch (error) {
    if (error instanceof RangeError) return [{ offset: 0, message: 'the values are nested too deeply' }];
    throw error;
  }
}

/** An object as the pieces it is written in. Joined in order they are the text again. */
interface Pieces {
  readonly open: string;
  readonly members: Map<string, Piece>;
  close: string;
}

interface Piece {
  gap: string;
  readonly label: string;
  value: string | Pieces;
  /** A record's three parts in one, joined when it is first written and kept while it does not change. */
  whole?: string | undefined;
}

/** JSON text, cut into one piece per record, so that a change costs no more than the record and the joining. */
export class JsonText implements EditableText {
  readonly #newline: string;
  readonly #indent: string;
  readonly #root: Pieces;

  /** @param text valid JSON whose root is an object */
  constructor(text: string) {
    this.#newline = newlineOf(text);
    this.#indent = indentOf(text);
    this.#root = cut(text, jsonMembers(text, 2), 0, text.length);
  }

  edit(edits: readonly TextEdit[]): void {
    for (const edit of edits) {
      if (edit.value === undefined) this.#remove(edit);
      else this.#set(edit);
    }
  }

  text(): string {
    const parts: string[] = [];
    join(this.#root, parts);
    return parts.join('');
  }

  #set({ section, id, value }: TextEdit): void {
    const map = this.#section(section);
    const old = map.members.get(id);
    if (old === undefined) this.#append(map, id, this.#write(value, 2), 2);
    else {
      old.value = this.#write(value, 2, old.value);
      old.whole = undefined;
    }
  }

  #remove({ section, id }: TextEdit): void {
    const map = this.#root.members.get(section)?.value;
    if (map === undefined || typeof map === 'string') return;
    const removed = map.members.get(id);
    if (removed === undefined) return;
    const wasFirst = map.members.keys().next().value === id;
    map.members.delete(id);
    const next = map.members.values().next().value;
    // The first member has no comma before it.
    if (!wasFirst || next === undefined) return;
    next.gap = removed.gap;
    next.whole = undefined;
  }

  #section(name: string): Pieces {
    const found = this.#root.members.get(name);
    if (found !== undefined && typeof found.value !== 'string') return found.value;
    const map: Pieces = { open: '{', members: new Map(), close: '}' };
    if (found === undefined) this.#append(this.#root, name, map, 1);
    else found.value = map;
    return map;
  }

  #append(map: Pieces, name: string, value: string | Pieces, level: number): void {
    const lineBreak = this.#newline + this.#indent.repeat(level);
    const gap = map.members.size === 0 ? lineBreak : `,${lineBreak}`;
    if (!map.close.includes('\n')) {
      map.close = map.close.replace(/^\s*}/, `${this.#newline}${this.#indent.repeat(level - 1)}}`);
    }
    map.members.set(name, { gap, label: `${JSON.stringify(name)}: `, value });
  }

  /** A record stays on one line if it was written on one. */
  #write(value: unknown, level: number, old?: string | Pieces): string {
    const inline = typeof old === 'string' && old.startsWith('{') && !old.includes('\n');
    if (inline && isObject(value)) return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
    return JSON.stringify(value, null, this.#indent).replaceAll(
      '\n',
      this.#newline + this.#indent.repeat(level),
    );
  }
}

function cut(text: string, members: readonly JsonMember[], start: number, end: number): Pieces {
  const first = members[0];
  const last = members.at(-1);
  if (first === undefined || last === undefined) {
    const brace = text.indexOf('{', start) + 1;
    return { open: text.slice(start, brace), members: new Map(), close: text.slice(brace, end) };
  }
  const pieces = members.map((member): [string, Piece] => {
    const { name, gapStart, keyStart, valueStart, valueEnd } = member;
    const value =
      member.members === null
        ? text.slice(valueStart, valueEnd)
        : cut(text, member.members, valueStart, valueEnd);
    return [name, { gap: text.slice(gapStart, keyStart), label: text.slice(keyStart, valueStart), value }];
  });
  return {
    open: text.slice(start, first.gapStart),
    members: new Map(pieces),
    close: text.slice(last.valueEnd, end),
  };
}

function join(pieces: Pieces, parts: string[]): void {
  parts.push(pieces.open);
  for (const piece of pieces.members.values()) {
    const { gap, label, value } = piece;
    if (typeof value === 'string') {
      // Flat: a string put together with + is walked through piece by piece at each joining.
      piece.whole ??= [gap, label, value].join('');
      parts.push(piece.whole);
    } else {
      parts.push(gap, label);
      join(value, parts);
    }
  }
  parts.push(pieces.close);
}

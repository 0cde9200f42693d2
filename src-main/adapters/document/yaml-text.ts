import { type Document, isMap, parseDocument } from 'yaml';
import type { SectionName } from '../../contract/document.ts';
import { isObject, sameValue } from '../../core/same-value.ts';
import { firstProblems, type Parsed, type TextEdit } from './config-file.ts';
import { newlineOf } from './decode-text.ts';
import { duplicateKeys } from './yaml-duplicates.ts';
import { YamlSplicer } from './yaml-splice.ts';

/** The change would reach beyond its record, because the file shares parts by YAML anchors. */
export class SharedTextError extends Error {
  override readonly name = 'SharedTextError';
}

function read(text: string): Document.Parsed {
  return parseDocument(text, { merge: true, prettyErrors: false, uniqueKeys: false });
}

/** Reads YAML 1.2; anchors and merge keys (`<<`) are understood, a member that stands twice is an error. */
export function parseYaml(text: string): Parsed {
  try {
    const document = read(text);
    const errors = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
    const problems = [...errors, ...duplicateKeys(document)]
      .sort((one, other) => one.offset - other.offset)
      .map(({ offset, message }) => ({ offset, message: `not valid YAML: ${message}` }));
    if (problems.length > 0) return { ok: false, problems: firstProblems(problems) };
    const value: unknown = document.toJS();
    const fault = text.includes('*') ? shapeFault(value) : null;
    return fault === null ? { ok: true, value } : refused(fault);
  } catch (error) {
    if (error instanceof RangeError) return refused('the values are nested too deeply');
    // Aliases that multiply beyond measure are refused by the library.
    return refused(error instanceof Error ? error.message : String(error));
  }
}

const refused = (why: string): Parsed => ({
  ok: false,
  problems: [{ offset: 0, message: `not valid YAML: ${why}` }],
});

/** Why a value with aliases in it cannot be a document: a part that holds itself has no end. */
function shapeFault(value: unknown, above: ReadonlySet<unknown> = new Set()): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (above.has(value)) return 'an alias (*) stands for a part that holds the alias itself';
  const inside = new Set(above).add(value);
  for (const member of Object.values(value)) {
    const fault = shapeFault(member, inside);
    if (fault !== null) return fault;
  }
  return null;
}

type Root = Record<string, unknown>;

function withEdits(root: Root, edits: readonly TextEdit[]): Root {
  const next: Root = { ...root };
  const copied = new Map<SectionName, Root>();
  for (const { section, id, value } of edits) {
    const old = next[section];
    const members = copied.get(section) ?? (isObject(old) ? { ...old } : {});
    copied.set(section, members);
    next[section] = members;
    if (value === undefined) delete members[id];
    else members[id] = value;
  }
  return next;
}

function reads(text: string, expected: Root): boolean {
  const parsed = parseYaml(text);
  return parsed.ok && sameValue(parsed.value, expected);
}

/** The library's own way: comments stay, but lines that did not change may be laid out anew. `null`: it cannot either. */
function reprinted(document: Document.Parsed, edits: readonly TextEdit[]): string | null {
  try {
    for (const { section, id, value } of edits) {
      if (value === undefined) document.deleteIn([section, id]);
      else document.setIn([section, id], value);
    }
    return document.toString({ lineWidth: 0 });
  } catch {
    return null;
  }
}

/**
 * Changes records of a valid YAML text; comments and layout of everything else stay.
 * The result is read back and compared, so that a spelling this code does not foresee cannot corrupt the file.
 * @param reprint the last resort
 * @throws SharedTextError where no text can hold exactly these changes
 */
export function editYaml(text: string, edits: readonly TextEdit[], reprint = reprinted): string {
  const document = read(text);
  const before: unknown = document.toJS();
  if (!isMap(document.contents) || !isObject(before)) throw new SharedTextError('the file is not a map');
  const after = withEdits(before, edits);
  const splicer = new YamlSplicer(text, newlineOf(text));
  splicer.map(document.contents, before, after);
  const spliced = splicer.result();
  if (reads(spliced, after)) return spliced;
  const printed = reprint(document, edits);
  if (printed !== null && reads(printed, after)) return printed;
  throw new SharedTextError(
    'the file shares parts by YAML anchors that this change would also alter elsewhere',
  );
}

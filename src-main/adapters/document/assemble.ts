import { type Finding, findingLine } from '../../contract/configuration-error.ts';
import { type Document, MAP_SECTIONS, type SectionName } from '../../contract/document.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import { checkDocument } from '../../core/check-document.ts';
import { type DocumentIssue, errorAt, warningAt } from '../../core/document-issue.ts';
import { importLegacy } from '../../core/legacy-import.ts';
import { suggestion } from '../../core/nearest-name.ts';
import { nameIssues } from '../../core/plain-names.ts';
import { maskKeys } from '../../core/redact.ts';
import { isObject } from '../../core/same-value.ts';
import { validateSections } from '../../core/validate-sections.ts';
import { ALL_SECTIONS } from './layout.ts';
import type { MemberPath } from './locate.ts';
import { type FileContent, textOf } from './read-file.ts';
import type { TextEngine } from './text-engine.ts';

/** An issue and the file it stands in; `null` where it stands in none, because something is missing. */
export interface PlacedIssue {
  readonly file: FileContent | null;
  readonly path: MemberPath;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What several files mean together. The document may be used where no issue is an error. */
export interface Assembly {
  readonly document: Document;
  /** Why it cannot be written; `null` where it can. */
  readonly readOnly: string | null;
  readonly issues: readonly PlacedIssue[];
  /** Which file each section was found in. */
  readonly places: ReadonlyMap<SectionName, FileContent>;
}

function isSection(name: string): name is SectionName {
  return ALL_SECTIONS.some((section) => section === name);
}

/** Whether anything is wrong enough that the document must not be used. */
export function hasErrors(assembly: Assembly): boolean {
  return assembly.issues.some(({ severity }) => severity === 'error');
}

function collect(files: readonly FileContent[], issues: PlacedIssue[]) {
  const sections: Partial<Record<SectionName, unknown>> = {};
  const places = new Map<SectionName, FileContent>();
  for (const file of files) {
    for (const [name, value] of Object.entries(isObject(file.root) ? file.root : {})) {
      if (name === 'version' || name.startsWith('_')) continue;
      if (!isSection(name)) {
        const hint = suggestion(name, ALL_SECTIONS);
        issues.push({ file, ...warningAt([name], `unknown member "${name}"${hint}`) });
      } else if (places.has(name)) {
        issues.push({
          file,
          ...errorAt([name], `section "${name}" also stands in ${places.get(name)?.path}`),
        });
      } else {
        places.set(name, file);
        sections[name] = value;
      }
    }
  }
  return { sections, places };
}

/** What is wrong in a file by itself; whether it fits the others is seen when they are put together. */
export function recordErrors(file: FileContent): PlacedIssue[] {
  if (file.legacy) return [];
  const { issues } = validateSections(collect([file], []).sections);
  return issues.map((issue) => ({ file, ...issue }));
}

function assembleDocument(
  files: readonly FileContent[],
  previous: Document | undefined,
  rules: ChannelRules,
): Assembly {
  const issues: PlacedIssue[] = [];
  const { sections, places } = collect(files, issues);
  const place = (issue: DocumentIssue): PlacedIssue => ({
    file: places.get(String(issue.path[0]) as SectionName) ?? files[0] ?? null,
    ...issue,
  });
  const { document, issues: invalid } = validateSections(sections, previous);
  const meaning = invalid.length > 0 ? [] : checkDocument(document, rules);
  return { document, readOnly: null, issues: [...issues, ...[...invalid, ...meaning].map(place)], places };
}

const READ_ONLY =
  'the configuration is in the older format, which is only read; `aiproxy import` turns it into a document';

/** Both documents together; of two records with the same id the one in `base` stays. */
function mergedOnto(base: Document, added: Document): Document {
  const sections = ALL_SECTIONS.map((section) => [section, { ...added[section], ...base[section] }]);
  return { ...base, ...Object.fromEntries(sections) };
}

/** What is wrong with the names of records that would be added. */
function newNameIssues(document: Document, base: Document): DocumentIssue[] {
  return MAP_SECTIONS.flatMap((section) =>
    Object.entries(document[section])
      .filter(([id]) => !Object.hasOwn(base[section], id))
      .flatMap(([id, record]) =>
        nameIssues(section, record, null).map(({ path, message }) =>
          errorAt([section, id, ...path], `${path.join('.')}: ${message}`),
        ),
      ),
  );
}

/**
 * What files of the older system mean.
 * @param base what they are to be added to; they may refer to its users and channels
 */
export function assembleLegacy(
  files: readonly FileContent[],
  previous: Document | undefined,
  rules: ChannelRules,
  base?: Document,
): Assembly {
  const imported = importLegacy(
    files.map(({ path, root }) => ({ name: path, value: root })),
    rules,
  );
  const place = (issue: DocumentIssue): PlacedIssue => {
    const origin = imported.originOf(issue.path);
    return { ...issue, file: files[origin.source] ?? null, path: origin.path };
  };
  const { document, issues: invalid } = validateSections(imported.sections, previous);
  const whole = base === undefined ? document : mergedOnto(base, document);
  const checked = invalid.length > 0 ? [] : checkDocument(whole, rules);
  const meaning = checked.filter(({ path: [section, id] }) => {
    return isSection(String(section)) && Object.hasOwn(document[section as SectionName], String(id));
  });
  const names = base === undefined ? [] : newNameIssues(document, base);
  const own = imported.issues.map(({ source, ...issue }) => ({ ...issue, file: files[source] ?? null }));
  return {
    document,
    readOnly: READ_ONLY,
    issues: [...own, ...[...invalid, ...meaning, ...names].map(place)],
    places: new Map(),
  };
}

/**
 * Puts the sections of several files together and checks the whole.
 * Whatever has no `version` is legacy; then all of it is, because the two cannot be written together.
 */
export function assemble(
  files: readonly FileContent[],
  previous: Document | undefined,
  rules: ChannelRules,
): Assembly {
  const legacy = files.some((file) => file.legacy);
  return legacy ? assembleLegacy(files, previous, rules) : assembleDocument(files, previous, rules);
}

/** The issues with line and column, errors first; positions cost a second look at the text, taken only here. */
export async function findingsOf(issues: readonly PlacedIssue[], engine: TextEngine): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [file, own] of Map.groupBy(issues, (issue) => issue.file)) {
    const positions =
      file === null
        ? []
        : await engine.locate(
            textOf(file),
            file.format,
            own.map(({ path }) => path),
          );
    for (const [index, { message, severity }] of own.entries()) {
      const { line, column } = positions[index] ?? { line: 1, column: 1 };
      // A key may stand where something else belongs, which is then what is wrong.
      findings.push({ file: file?.path ?? '', line, column, severity, message: maskKeys(message) });
    }
  }
  const distinct = new Map(findings.map((finding) => [findingLine(finding), finding]));
  return [...distinct.values()].sort((a, b) =>
    a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1,
  );
}

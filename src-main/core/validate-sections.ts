import type { z } from 'zod';
import {
  Channel,
  type Document,
  DocumentSchema,
  emptyDocument,
  Group,
  MAP_SECTIONS,
  type MapSection,
  ProxyKey,
  type SectionName,
  System,
  User,
} from '../contract/document.ts';
import { Price, PriceId } from '../contract/price.ts';
import { Id } from '../contract/values.ts';
import { type DocumentIssue, errorAt, issueText } from './document-issue.ts';
import { isComment, isObject, sameValue } from './same-value.ts';

/** The shape of one record of each section; `system` counts as one record. */
export const RECORD_SCHEMAS = {
  users: User,
  proxy_keys: ProxyKey,
  groups: Group,
  channels: Channel,
  prices: Price,
  alerts: DocumentSchema.shape.alerts.valueType,
  system: System,
} as const satisfies Record<SectionName, z.ZodType>;

/** What a zod error says, as issues below `path`; its messages get the member's name in front. */
export function issuesOf(error: z.ZodError, path: DocumentIssue['path']): DocumentIssue[] {
  return error.issues.map((issue) => {
    const inner = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    const name = inner.join('.');
    return errorAt([...path, ...inner], name === '' ? issueText(issue) : `${name}: ${issueText(issue)}`);
  });
}

/** Whether a record of this id and content may stand in the section, by itself. */
export function recordIssues(section: MapSection, id: string, record: unknown): DocumentIssue[] {
  const path = [section, id];
  const badId = (section === 'prices' ? PriceId : Id).safeParse(id).error;
  const badRecord = RECORD_SCHEMAS[section].safeParse(record).error;
  const idIssues =
    badId === undefined ? [] : badId.issues.map((issue) => errorAt(path, `id: ${issue.message}`));
  return badRecord === undefined ? idIssues : [...idIssues, ...issuesOf(badRecord, path)];
}

export interface Validated {
  readonly document: Document;
  readonly issues: readonly DocumentIssue[];
}

type Loose = Record<string, unknown>;

/** The section with every record that did not change taken from `previous`, so that only new ones need checking. */
function adopt(section: MapSection, raw: Loose, previous: Loose, issues: DocumentIssue[]): Loose {
  const records: Loose = {};
  const entries = Object.entries(raw).filter((entry) => !isComment(...entry));
  let changed = entries.length !== Object.keys(previous).length;
  for (const [id, record] of entries) {
    const old = Object.hasOwn(previous, id) ? previous[id] : undefined;
    const same = old !== undefined && sameValue(old, record);
    if (!same) issues.push(...recordIssues(section, id, record));
    changed ||= !same;
    records[id] = same ? old : record;
  }
  return changed ? records : previous;
}

function adoptSystem(raw: unknown, previous: System, issues: DocumentIssue[]): unknown {
  if (sameValue(raw, previous)) return previous;
  const result = System.safeParse(raw);
  if (!result.success) issues.push(...issuesOf(result.error, ['system']));
  return raw;
}

/**
 * Turns sections as they were parsed from files into a document.
 * @param previous records equal to its own are taken from it, by identity, and not checked again
 * @returns a document that may be used only where there are no issues
 */
export function validateSections(
  sections: { readonly [S in SectionName]?: unknown },
  previous?: Document,
): Validated {
  const base = previous ?? emptyDocument();
  const issues: DocumentIssue[] = [];
  const document: Loose = { ...emptyDocument() };
  for (const section of MAP_SECTIONS) {
    const raw = sections[section] ?? {};
    if (isObject(raw)) document[section] = adopt(section, raw, base[section], issues);
    else issues.push(errorAt([section], `${section} must be a map of ids`));
  }
  document.system = adoptSystem(sections.system ?? {}, base.system, issues);
  // Every part has been checked by its own schema above; checking the whole again would double the start's cost.
  return { document: document as Document, issues };
}

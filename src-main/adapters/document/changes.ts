import { hash } from 'node:crypto';
import type { Document, SectionName } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { changedRecords } from '../../core/changed-records.ts';
import type { ChannelRules } from '../../core/check-channel.ts';
import { documentErrors } from '../../core/check-document.ts';
import type { DocumentIssue } from '../../core/document-issue.ts';
import { exampleKeyErrors } from '../../core/example-key.ts';
import { isObject } from '../../core/same-value.ts';
import { issuesOf, RECORD_SCHEMAS, recordIssues } from '../../core/validate-sections.ts';
import type { TextEdit } from './config-file.ts';

/** One record or member that is to change, and which version of it the caller has seen. */
export interface Change extends TextEdit {
  /** `null`: it must not exist; `undefined`: whatever is there. */
  readonly expected: string | null | undefined;
}

const versions = new WeakMap<object, string>();

/** The version of a record: a mark of its content. */
export function versionOf(record: object): string {
  const known = versions.get(record);
  if (known !== undefined) return known;
  const version = hash('sha256', JSON.stringify(record), 'base64url').slice(0, 22);
  versions.set(record, version);
  return version;
}

/** The value as it will be read back: without `undefined`, apart from what the caller may still change, and frozen. */
export function detached(value: unknown): unknown {
  return value === undefined ? undefined : frozen(JSON.parse(JSON.stringify(value)));
}

/** Freezes a JSON value to its depth. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}

/** A record or member of a document, `undefined` where it is not there. */
export function memberOf(document: Document, section: SectionName, id: string): unknown {
  const members: object = document[section];
  return Object.hasOwn(members, id) ? Reflect.get(members, id) : undefined;
}

/** Refuses what does not fit, as the admin API tells it; the issues are the error's cause. */
export function refusal(issues: readonly DocumentIssue[]): ProxyError {
  const lines = issues.slice(0, 5).map(({ path, message }) => `${path.slice(0, 2).join(' ')}: ${message}`);
  return new ProxyError('validation_failed', lines.join('; '), { cause: issues });
}

/** A document in the making: copies what changes, shares the rest. */
export class Draft {
  readonly #base: Document;
  readonly #copies = new Map<SectionName, Record<string, unknown>>();

  constructor(base: Document) {
    this.#base = base;
  }

  /** Makes all of these changes, or none. Does not look at references. @throws ProxyError */
  apply(changes: readonly Change[]): void {
    for (const change of changes) this.#check(change);
    for (const { section, id, value } of changes) {
      const members = this.#copies.get(section) ?? { ...this.#base[section] };
      this.#copies.set(section, members);
      if (value === undefined) delete members[id];
      else members[id] = value;
    }
  }

  /** @throws ProxyError `precondition_failed` where the system section is another one than the caller has seen */
  expectSystem(version: string | undefined): void {
    if (version === undefined || versionOf(this.document().system) === version) return;
    throw new ProxyError('precondition_failed', 'the system settings have changed meanwhile');
  }

  document(): Document {
    // Each value was checked by its record's schema before it was taken in.
    return { ...this.#base, ...Object.fromEntries(this.#copies) } as Document;
  }

  #check(change: Change): void {
    const { section, id, value, expected } = change;
    const members: object = this.#copies.get(section) ?? this.#base[section];
    if (expected !== undefined) {
      const current: unknown = Object.hasOwn(members, id) ? Reflect.get(members, id) : undefined;
      checkExpected(change, isObject(current) ? versionOf(current) : null);
    }
    if (value === undefined) return;
    const issues =
      section === 'system' ? systemIssues({ ...members, [id]: value }) : recordIssues(section, id, value);
    if (issues.length > 0) throw refusal(issues);
  }
}

function checkExpected({ section, id, expected }: Change, version: string | null): void {
  if (version === expected) return;
  const gone = version === null ? 'does not exist any more' : 'has changed meanwhile';
  throw new ProxyError(
    'precondition_failed',
    `${section} "${id}" ${expected === null ? 'exists already' : gone}`,
  );
}

function systemIssues(system: object): DocumentIssue[] {
  const result = RECORD_SCHEMAS.system.safeParse(system);
  return result.success ? [] : issuesOf(result.error, ['system']);
}

/** @throws ProxyError `validation_failed` where users, keys and channels do not fit together */
export function checkWhole(document: Document, base: Document, rules: ChannelRules): void {
  const issues = [...documentErrors(document, rules, base), ...exampleKeyErrors(document, base)].filter(
    ({ severity }) => severity === 'error',
  );
  if (issues.length > 0) throw refusal(issues);
}

/** `section/id` of every record that differs between two documents. */
export function changedMembers(before: Document, after: Document): Set<string> {
  return new Set(changedRecords(before, after).map(({ section, id }) => `${section}/${id}`));
}

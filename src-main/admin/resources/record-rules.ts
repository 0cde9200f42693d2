import type { z } from '@hono/zod-openapi';
import type { SectionName } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { DocumentIssue } from '../../core/document-issue.ts';
import { maskedPlaces } from '../../core/masked-record.ts';
import { nameIssues } from '../../core/plain-names.ts';
import { isObject } from '../../core/same-value.ts';
import type { SecretPlaces } from '../../core/secret-places.ts';
import { unknownMembers } from '../../core/unknown-members.ts';
import { fieldIssues } from '../api-router.ts';
import { type FieldIssue, Refusal } from '../console-error.ts';

const joined = (path: readonly (string | number)[]): string => path.join('.');

/** Refuses with the place of everything that is wrong; the first one stands in the message. */
export function invalid(issues: readonly FieldIssue[]): Refusal {
  const [first] = issues;
  const message =
    first === undefined
      ? 'The request is not valid.'
      : `${first.path === '' ? 'body' : first.path}: ${first.message}`;
  return new Refusal('validation_failed', message, { issues });
}

/** The body as an object. @throws Refusal */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (isObject(body)) return body;
  throw invalid([{ path: '', message: 'send an object' }]);
}

/** @throws Refusal where a mask was sent as a secret: it would take the secret's place */
export function refuseMasks(body: unknown, places: SecretPlaces | null): void {
  const found = maskedPlaces(body, places);
  if (found.length === 0) return;
  const message = 'is masked; leave it out to keep it, or send all of it';
  throw invalid(found.map((path) => ({ path: joined(path), message })));
}

const PLACEHOLDER = 'record';

function unknownIn(section: SectionName, record: unknown): readonly DocumentIssue[] {
  const sections = section === 'system' ? { system: record } : { [section]: { [PLACEHOLDER]: record } };
  const depth = section === 'system' ? 1 : 2;
  return unknownMembers(sections).map((issue) => ({ ...issue, path: issue.path.slice(depth) }));
}

/** A path without the indexes of lists, which move. */
const placeOf = ({ path }: DocumentIssue): string =>
  path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');

/**
 * Refuses a record that does not fit its schema, names that do not stand on one line, and members nobody knows: they are
 * mostly slips of the pen. What the stored record has already may stay.
 * @throws Refusal
 */
export function refuseInvalid(
  section: SectionName,
  schema: z.ZodType,
  record: unknown,
  stored: unknown,
): void {
  const parsed = schema.safeParse(record);
  const known = new Set(unknownIn(section, stored ?? {}).map(placeOf));
  const unknown = unknownIn(section, record)
    .filter((issue) => !known.has(placeOf(issue)))
    .map(({ path, message }) => ({ path: joined(path), message }));
  const names = nameIssues(section, record, stored).map(({ path, message }) => ({
    path: joined(path),
    message,
  }));
  const issues = [...(parsed.success ? [] : fieldIssues(parsed.error)), ...names, ...unknown];
  if (issues.length > 0) throw invalid(issues);
}

function isIssue(value: unknown): value is DocumentIssue {
  return isObject(value) && Array.isArray(value.path) && typeof value.message === 'string';
}

/** What the store says about a document that does not fit together; `null` where the error is another one. */
function documentIssues(error: unknown): readonly DocumentIssue[] | null {
  if (!(error instanceof ProxyError) || error.code !== 'validation_failed') return null;
  return Array.isArray(error.cause) && error.cause.every(isIssue) ? error.cause : null;
}

/**
 * Does what may be refused by the store; places inside the record are then told as the request has them.
 * @param own where the record is in the document; `[]`: the places of the document are told
 */
export async function withPlacesOfBody<T>(own: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const issues = documentIssues(error);
    if (issues === null) throw error;
    throw invalid(
      issues.map(({ path, message }) => {
        const isOwn = own.every((part, index) => path[index] === part);
        return { path: joined(isOwn ? path.slice(own.length) : path), message };
      }),
    );
  }
}

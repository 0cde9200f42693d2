import type { Channel, Group, ProxyKey, User } from '../../src-main/contract/document.ts';
import type { Price } from '../../src-main/contract/price.ts';
import { type RecordWarning, warningIn } from '../../src-main/contract/record-warning.ts';
import type { KeyState } from '../../src-main/core/effective.ts';
import { adminFetch } from './admin-fetch.ts';

/** What is told of a record without being stored in it. */
interface LastUsed {
  /** RFC 3339; left out where no use is known. */
  readonly last_used_at?: string;
}

/** The resources whose records are listed, read and written alike, and what they hold. */
export interface Resources {
  readonly users: User & LastUsed;
  readonly 'proxy-keys': ProxyKey & LastUsed & { readonly state?: KeyState };
  readonly channels: Channel;
  readonly groups: Group;
  readonly prices: Price;
}
export type Resource = keyof Resources;

/** A record as it is read: secrets are masked. */
export type RecordOf<R extends Resource> = Resources[R] & { readonly id: string };

/** A record and its version. */
export interface Versioned<R extends Resource> {
  readonly record: RecordOf<R>;
  readonly etag: string;
  /** What the admin should know of it although it is valid, or `null`. */
  readonly warning: RecordWarning | null;
}

/** What a list may be asked for; the filters are the resource's own. */
export interface ListQuestion {
  readonly page?: number;
  readonly per_page?: number;
  readonly search?: string;
  /** A member; with a minus in front, the other way round. */
  readonly sort?: string;
  readonly [filter: string]: string | number | undefined;
}

export interface ListPage<R extends Resource> {
  readonly items: readonly RecordOf<R>[];
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

const urlOf = (resource: Resource, id?: string): string =>
  `/api/v1/${resource}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

async function versioned<R extends Resource>(asked: Promise<Response>): Promise<Versioned<R>> {
  const response = await asked;
  // The routes answer with records of their resource, checked by the same schemas.
  const record = (await response.json()) as RecordOf<R>;
  return {
    record,
    etag: response.headers.get('etag') ?? '',
    warning: warningIn(response.headers.get('x-aiproxy-warning')),
  };
}

const sending = (
  method: string,
  body: unknown,
  etag: string | null,
  type = 'application/json',
): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': type, ...(etag === null ? {} : { 'if-match': etag }) },
});

/** One page of a resource. Empty members of the question are left out. @throws ApiFailure */
export async function listRecords<R extends Resource>(
  resource: R,
  question: ListQuestion,
  signal?: AbortSignal,
): Promise<ListPage<R>> {
  const entries = Object.entries(question).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(entries.map(([name, value]) => [name, String(value)]));
  const response = await adminFetch(`${urlOf(resource)}?${query}`, signal === undefined ? {} : { signal });
  return (await response.json()) as ListPage<R>;
}

/** @throws ApiFailure `not_found` */
export const readRecord = <R extends Resource>(resource: R, id: string): Promise<Versioned<R>> =>
  versioned(adminFetch(urlOf(resource, id)));

/** @throws ApiFailure `validation_failed` with the path of each field */
export const createRecord = <R extends Resource>(resource: R, record: object): Promise<Versioned<R>> =>
  versioned(adminFetch(urlOf(resource), sending('POST', record, null)));

/**
 * Changes a record in part (RFC 7396).
 * @param etag of the version that was seen; `null` writes over any
 * @throws ApiFailure `precondition_failed` with the record as it is now
 */
export const patchRecord = <R extends Resource>(
  resource: R,
  id: string,
  patch: object,
  etag: string | null,
): Promise<Versioned<R>> =>
  versioned(adminFetch(urlOf(resource, id), sending('PATCH', patch, etag, 'application/merge-patch+json')));

/** @throws ApiFailure `conflict` with what it would affect, unless `force` */
export async function removeRecord(resource: Resource, id: string, force: boolean): Promise<void> {
  await adminFetch(`${urlOf(resource, id)}${force ? '?force=true' : ''}`, { method: 'DELETE' });
}

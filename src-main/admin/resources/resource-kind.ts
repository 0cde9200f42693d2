import type { z } from '@hono/zod-openapi';
import type { Document, MapSection } from '../../contract/document.ts';
import type { KeptLastUses } from '../../core/last-use.ts';
import type { RecordOf } from '../../core/ports.ts';

/** What is known beside a record when it is asked for. */
export interface AroundRecord {
  readonly document: Document;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly lastUses: KeptLastUses;
}

/** What is told of a record without being stored in it: what is sent of it is ignored, as with stamps. */
export interface ToldMembers<S extends MapSection> {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly of: (id: string, record: RecordOf<S>, around: AroundRecord) => Record<string, unknown>;
}

/** Which records a query member lets through. */
export interface RecordFilter<S extends MapSection> {
  readonly description: string;
  /** What it takes; any text where it is left out. */
  readonly schema?: z.ZodType<string, string>;
  readonly fits: (record: RecordOf<S>, value: string, around: AroundRecord) => boolean;
}

/** What makes one resource of the admin API differ from the others. */
export interface ResourceKind<S extends MapSection = MapSection, P extends string = string> {
  readonly section: S;
  /** Below `/api/v1/`. */
  readonly path: P;
  /** One of them, as audit entries and messages call it: `proxy_key`. */
  readonly name: string;
  /** One of them, as the API's description calls it: `ProxyKey`. */
  readonly title: string;
  readonly tag: string;
  /** What one of them is, for people. */
  readonly noun: string;
  readonly schema: z.ZodObject;
  /** How ids made by the server begin; `null`: ids must be given, and may be used again. */
  readonly idKind: 'usr' | 'key' | 'ch' | 'grp' | null;
  readonly idSchema: z.ZodType;
  /** Whether `created_at` and `updated_at` are kept. */
  readonly isStamped: boolean;
  readonly filters: Readonly<Record<string, RecordFilter<S>>>;
  readonly told?: ToldMembers<S>;
  /** What a search looks at. */
  readonly texts: (id: string, record: RecordOf<S>, document: Document) => readonly (string | undefined)[];
  readonly sortedBy: readonly string[];
  /** What is filled in where a new record leaves it out. */
  readonly complete?: (record: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** Members that the answer to a creation shows in full. */
  readonly shownOnce?: readonly string[];
}

import type { z } from '@hono/zod-openapi';
import type { Document, MapSection } from '../../contract/document.ts';
import type { RecordOf } from '../../core/ports.ts';

/** Which records a query member lets through. */
export interface RecordFilter<S extends MapSection> {
  readonly description: string;
  /** What it takes; any text where it is left out. */
  readonly schema?: z.ZodType<string, string>;
  readonly fits: (record: RecordOf<S>, value: string) => boolean;
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
  /** What a search looks at. */
  readonly texts: (id: string, record: RecordOf<S>, document: Document) => readonly (string | undefined)[];
  readonly sortedBy: readonly string[];
  /** What is filled in where a new record leaves it out. */
  readonly complete?: (record: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** Members that the answer to a creation shows in full. */
  readonly shownOnce?: readonly string[];
}

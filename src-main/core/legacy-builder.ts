import type { z } from 'zod';
import type { SectionName } from '../contract/document.ts';
import { type DocumentIssue, errorAt, warningAt } from './document-issue.ts';
import { isComment, isObject } from './same-value.ts';
import { issuesOf } from './validate-sections.ts';

type Loose = Record<string, unknown>;
type Path = DocumentIssue['path'];

/** One file of the older system, parsed. */
export interface LegacySource {
  readonly name: string;
  readonly value: unknown;
}

/** Where something stood before it was converted: in which source, at which path. */
export interface LegacyOrigin {
  readonly source: number;
  readonly path: Path;
}

export interface LegacyIssue extends DocumentIssue {
  readonly source: number;
}

/** Members that have another name in the older files; what lies below them is not looked for. */
type Renames = Readonly<Record<string, string>>;

/** Collects the records that several older files add up to, and remembers where each came from. */
export class LegacyBuilder {
  readonly sections: Record<SectionName, Loose> = {
    users: {},
    proxy_keys: {},
    groups: {},
    channels: {},
    system: {},
    prices: {},
    alerts: {},
  };
  readonly issues: LegacyIssue[] = [];
  readonly #origins = new Map<string, LegacyOrigin & { renames: Renames }>();

  add(section: SectionName, id: string, record: unknown, origin: LegacyOrigin, renames: Renames = {}): void {
    if (Object.hasOwn(this.sections[section], id)) this.fail(origin, `${section} "${id}" is there twice`);
    this.sections[section][id] = record;
    this.#origins.set(`${section}/${id}`, { ...origin, renames });
  }

  warn(origin: LegacyOrigin, message: string): void {
    this.issues.push({ source: origin.source, ...warningAt(origin.path, message) });
  }

  fail(origin: LegacyOrigin, message: string): void {
    this.issues.push({ source: origin.source, ...errorAt(origin.path, message) });
  }

  /** The value in the shape it should have; `null`, and an issue, where it has another. */
  parse<T>(schema: z.ZodType<T>, value: unknown, { source, path }: LegacyOrigin): T | null {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    this.issues.push(...issuesOf(result.error, path).map((issue) => ({ source, ...issue })));
    return null;
  }

  /** The members of a map; an issue where it is none. An empty YAML value is an empty map. */
  entries(value: unknown, origin: LegacyOrigin): [string, unknown][] {
    if (isObject(value)) return Object.entries(value).filter((entry) => !isComment(...entry));
    if (value !== null && value !== undefined) this.fail(origin, 'this must be a map of ids');
    return [];
  }

  /** An id that is not taken yet in the section: the wanted one, or that with a number. */
  freeId(section: SectionName, wanted: string): string {
    let id = wanted;
    for (let number = 2; Object.hasOwn(this.sections[section], id); number++) id = `${wanted}_${number}`;
    return id;
  }

  /** Where the member of the resulting document at this path came from. */
  originOf(path: Path): LegacyOrigin {
    const [section, id, member, ...rest] = path;
    const origin = this.#origins.get(`${section}/${id}`);
    if (origin === undefined) return { source: 0, path };
    const renamed = member === undefined ? undefined : origin.renames[member];
    if (renamed !== undefined) return { source: origin.source, path: [...origin.path, renamed] };
    return {
      source: origin.source,
      path: [...origin.path, ...(member === undefined ? [] : [member]), ...rest],
    };
  }
}

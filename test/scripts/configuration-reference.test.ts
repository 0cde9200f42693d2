import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reference } from '../../scripts/configuration-reference.ts';
import { members, TOLD } from '../../scripts/reference/schema.ts';
import { DocumentSchema } from '../../src-main/contract/document.ts';
import { unknownMembers } from '../../src-main/core/unknown-members.ts';
import { ROOT } from './run-script.ts';

const paths = members().map(({ path }) => path);

describe('the reference of the configuration', () => {
  it('tells of every member, and of nothing else', () => {
    expect(paths.filter((path) => TOLD[path] === undefined)).toEqual([]);
    expect(Object.keys(TOLD).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each(Object.keys(reference()))('is what `npm run reference` writes: %s', async (path) => {
    expect(await readFile(join(ROOT, path), 'utf8')).toBe(reference()[path]);
  });

  it('has examples and defaults that the contract takes', () => {
    for (const { path } of members()) {
      const { example, byDefault } = TOLD[path] ?? {};
      for (const value of [example, byDefault]) {
        if (value === undefined || path === 'version' || (value === byDefault && typeof value === 'object'))
          continue;
        const document = documentWith(path.replace(/^limits\b/, 'system.rate_limit'), value);
        const issues = DocumentSchema.safeParse(document).error?.issues ?? [];
        // What else a record must have is not what is tried.
        const place = path
          .replace(/^limits\b/, 'system.rate_limit')
          .replaceAll('*', 'x')
          .replaceAll('[]', '.0');
        const about = issues.filter((issue) => issue.path.join('.').startsWith(place));
        expect([path, about]).toEqual([path, []]);
        expect(unknownMembers(document)).toEqual([]);
      }
    }
  });

  it('lets a file name its schema without a warning', () => {
    expect(unknownMembers({ $schema: './docs/configuration.schema.json', version: 1 })).toEqual([]);
  });
});

/** A document with one value at a path; `*` is the id `x`, `[]` the only item. */
function documentWith(path: string, value: unknown): object {
  const inner = path
    .split('.')
    .toReversed()
    .reduce((below: unknown, name) => {
      if (name.endsWith('[]')) return { [name.slice(0, -2)]: [below] };
      return { [name === '*' ? 'x' : name]: below };
    }, value);
  const empty = { users: {}, proxy_keys: {}, groups: {}, channels: {}, system: {}, prices: {}, alerts: {} };
  return { version: 1, ...empty, ...Object(inner) };
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src-main/adapters/document/check-config.ts';
import { parseJson } from '../../../src-main/adapters/document/json-text.ts';
import { parseYaml } from '../../../src-main/adapters/document/yaml-text.ts';
import { type Document, MAP_SECTIONS, type SectionName } from '../../../src-main/contract/document.ts';
import { migrate } from '../../../src-main/core/migrations.ts';
import { isObject } from '../../../src-main/core/same-value.ts';
import { RECORD_SCHEMAS } from '../../../src-main/core/validate-sections.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { anyJson, arbitraryDocument } from '../../support/arbitrary-document.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { rounds } from '../../support/long-run.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { testStore } from '../../support/test-store.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

const FILES = ['users', 'channels', 'system'] as const;
const parse = { json: parseJson, yaml: parseYaml };

/** What a file's root becomes when it is read by this version. */
async function migrated(path: string, format: keyof typeof parse): Promise<unknown> {
  const parsed = parse[format](await readFile(path, 'utf8'));
  const result = parsed.ok && isObject(parsed.value) ? migrate(parsed.value) : null;
  if (!parsed.ok || result?.ok !== true) throw new Error(`${path} cannot be read`);
  return [result.changed, result.root === parsed.value];
}

describe('any valid document', () => {
  it.each(['json', 'yaml'] as const)('survives being written as %s, read and migrated', async (format) => {
    const folder = await testStore(cleanUp);
    for (const name of FILES)
      await folder.write(`${name}.${format}`, format === 'json' ? '{"version": 1}' : 'version: 1\n');
    const { store } = await folder.open();
    const where = { dataDir: folder.dataDir, configPath: null, platforms: PLATFORMS };
    await fc.assert(
      fc.asyncProperty(arbitraryDocument, async (document) => {
        await store.replaceAll(document);
        expect(store.current).toEqual(document);
        const read = await readConfig(where);
        expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(read.document).toEqual(document);
        for (const name of FILES) {
          expect(await migrated(folder.file(`${name}.${format}`), format)).toEqual([false, true]);
        }
      }),
      { numRuns: rounds(15, 500) },
    );
  });
});

/** A place in a document and a value that does not fit there. */
interface Break {
  readonly path: readonly string[];
  readonly value: unknown;
}

interface Place {
  readonly section: SectionName;
  readonly path: readonly string[];
}

function broken(document: Document): fc.Arbitrary<Break> {
  const records = MAP_SECTIONS.flatMap((section) =>
    Object.keys(document[section]).map((id) => [section, id] as const),
  );
  const places: readonly Place[] = [
    ...records.map(([section, id]) => ({ section, path: [section, id] })),
    { section: 'system', path: ['system'] },
  ];
  return fc.constantFrom(...places).chain(({ section, path }): fc.Arbitrary<Break> => {
    const { shape } = RECORD_SCHEMAS[section];
    const members = Object.keys(shape).map((member) => ({
      path: [...path, member],
      schema: Reflect.get(shape, member),
    }));
    if (members.length === 0) return fc.constant({ path: [...path], value: null });
    return fc
      .constantFrom(...members)
      .chain((place) =>
        anyJson
          .filter((value) => !place.schema.safeParse(value).success)
          .map((value) => ({ path: place.path, value })),
      );
  });
}

function withBreak(document: Document, { path, value }: Break): Document {
  const copy = structuredClone(document);
  const holder = path.slice(0, -1).reduce((inner: object, name) => Reflect.get(inner, name), copy);
  Reflect.set(holder, path.at(-1) ?? '', value);
  return copy;
}

/** First and last line on which the member stands. */
function linesOf(text: string, path: readonly string[]): readonly [first: number, last: number] {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, [...path]);
  if (node === undefined) throw new Error('the broken member is not there');
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  return [lineAt(node.offset), lineAt(node.offset + node.length)];
}

describe('any invalid document', () => {
  it('is refused with file, line and column of what does not fit', async () => {
    const folder = await tempFolder();
    cleanUp.add(() => folder.remove());
    const file = join(folder.path, 'config.json');
    const both = arbitraryDocument.chain((document) => fc.tuple(fc.constant(document), broken(document)));
    await fc.assert(
      fc.asyncProperty(both, async ([document, wrong]) => {
        const text = JSON.stringify(withBreak(document, wrong), null, 2);
        await writeFile(file, text);
        const { findings } = await readConfig({
          dataDir: folder.path,
          configPath: file,
          platforms: PLATFORMS,
        });
        const errors = findings.filter(({ severity }) => severity === 'error');
        const [first, last] = linesOf(text, wrong.path);
        expect(errors.length).toBeGreaterThan(0);
        for (const error of errors) {
          expect([error.file, error.line >= first && error.line <= last, error.column > 0]).toEqual([
            file,
            true,
            true,
          ]);
        }
      }),
      { numRuns: rounds(25, 500) },
    );
  });
});

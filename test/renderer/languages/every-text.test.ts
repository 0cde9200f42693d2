import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { inABrowser } from '../ui/console-globals.ts';

const root = fileURLToPath(new URL('../../../src-renderer', import.meta.url));
const FILES = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(root, file))
  .filter((file) => /= defineTexts\(/.test(readFileSync(file, 'utf8')));

type Texts = Readonly<Record<string, string>>;
let bundle: (language: 'en' | 'zh', namespace: string) => Texts;

const namespaceOf = (file: string): string =>
  /defineTexts\(\s*'([^']+)'/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';

beforeAll(async () => {
  inABrowser('en-GB');
  await Promise.all(FILES.map((file) => import(file)));
  const { texts } = await import('../../../src-renderer/ui/language.ts');
  bundle = (language, namespace) => texts.getResourceBundle(language, namespace);
});

const valuesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
/** Chinese has one form for all numbers. */
const isNeeded = (key: string): boolean => !key.endsWith('_one');

describe('the texts of the console', () => {
  test('are found', () => {
    expect(FILES.length).toBeGreaterThan(10);
    expect(new Set(FILES.map(namespaceOf)).size).toBe(FILES.length);
  });

  test.each(FILES.map((file) => [file.slice(root.length + 1), namespaceOf(file)]))(
    'are the same in both languages: %s',
    (_, namespace) => {
      const [en, zh] = [bundle('en', namespace), bundle('zh', namespace)];
      expect(Object.keys(zh).sort()).toEqual(Object.keys(en).filter(isNeeded).sort());
      const differing = Object.keys(zh).filter(
        (key) => String(valuesIn(zh[key] ?? '')) !== String(valuesIn(en[key] ?? '')),
      );
      expect(differing).toEqual([]);
    },
  );

  test.each(FILES.map((file) => [file.slice(root.length + 1), namespaceOf(file)]))(
    'are never empty, and whole sentences are Chinese to a Chinese reader: %s',
    (_, namespace) => {
      const [en, zh] = [bundle('en', namespace), bundle('zh', namespace)];
      expect(Object.entries({ ...en, ...zh }).filter(([, text]) => text.trim() === '')).toEqual([]);
      const untold = Object.entries(zh).filter(
        ([, text]) => /\w+ \w+ \w+ \w+/.test(text) && !/\p{Script=Han}/u.test(text),
      );
      expect(untold).toEqual([]);
      const chinese = Object.entries(en).filter(([, text]) => /\p{Script=Han}/u.test(text));
      expect(chinese).toEqual([]);
    },
  );
});

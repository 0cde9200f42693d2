import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src-main/shell/headless/invocation.ts';
import { USAGE } from '../../src-main/shell/headless/usage.ts';
import { ROOT } from './run-script.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

interface Block {
  readonly language: string;
  /** Without comments, which are translated. */
  readonly code: string;
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code: code.replaceAll(/ +# .*$/gm, ''),
  }));
}

const linesOf = (markdown: string, start: RegExp) =>
  markdown.split('\n').filter((line) => start.test(line)).length;

describe('the Chinese README', () => {
  const [english, chinese] = [read('README.md'), read('README.zh-CN.md')];

  test('shows the same commands and programs as the English one', () => {
    const shown = (markdown: string) => blocksOf(markdown).filter(({ language }) => language !== 'text');
    expect(shown(chinese)).toEqual(shown(english));
    expect(blocksOf(chinese)).toHaveLength(blocksOf(english).length);
  });

  test('has the same sections, table rows and points', () => {
    for (const start of [/^#/, /^\|/, /^- /]) expect(linesOf(chinese, start)).toBe(linesOf(english, start));
  });
});

describe.each(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md'])('%s', (name) => {
  const markdown = read(name);

  test('links to files that exist', () => {
    const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, name, '..', link)))).toEqual([]);
  });

  test('names no option and no variable that the program does not know', () => {
    const named = markdown.match(/AIPROXY_[A-Z_]+|(?<=aiproxy\.js [^\n`]*)--[a-z][a-z-]+/g) ?? [];
    expect(named.filter((word) => !USAGE.includes(word))).toEqual([]);
  });
});

test.each(['README.md', 'README.zh-CN.md'])(
  '%s lists the commands that --help lists, and the program has',
  (name) => {
    const listed = [
      ...read(name).matchAll(
        /^node bin\/aiproxy\.js ([a-z-]+) {2,}|^node bin\/aiproxy\.js ([a-z-]+) (?:FILE|usage)/gm,
      ),
    ];
    const commands = [...new Set(listed.map(([, plain, withFile]) => plain ?? withFile))].toSorted();
    const helped = [...USAGE.matchAll(/^ {2}([a-z][a-z-]*)(?: FILE(?:\.\.\.)?| usage)? {2,}/gm)].map(
      ([, command]) => command,
    );
    expect(commands).toEqual(helped.toSorted());
    expect(commands).toEqual(Object.keys(COMMANDS).toSorted());
  },
);

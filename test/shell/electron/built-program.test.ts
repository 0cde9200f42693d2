import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/run-script.ts';

const MAIN = join(ROOT, 'dist', 'main');
const IMPORTED = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

/** Every file that a built program may come to load, and every module that is not among them. */
async function reachable(entry: string): Promise<{ readonly files: string[]; readonly others: Set<string> }> {
  // Examples in the comments of npm's packages look like imports too.
  const built = new Set(await readdir(MAIN));
  const files = [entry];
  const others = new Set<string>();
  for (const one of files) {
    const text = await readFile(join(MAIN, one), 'utf8');
    for (const [, name = ''] of text.matchAll(IMPORTED)) {
      const file = name.replace(/^\.\//, '');
      if (!name.startsWith('./')) others.add(name);
      else if (built.has(file) && !files.includes(file)) files.push(file);
    }
  }
  return { files, others };
}

it('loads nothing of the desktop shell where it serves headless', async () => {
  const { files, others } = await reachable('headless.js');
  expect(files.length).toBeGreaterThan(10);
  expect(files).not.toContain('electron.js');
  expect(others).not.toContain('electron');
});

it('takes electron from the runtime', async () => {
  expect((await reachable('electron.js')).others).toContain('electron');
});

it('gives the sandbox a short CommonJS script that requires electron alone', async () => {
  const built = await readFile(join(MAIN, 'preload.cjs'), 'utf8');
  expect([...built.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
  expect(built).not.toMatch(/^(import|export)\s/m);
  const source = await readFile(join(ROOT, 'src-main/shell/electron/preload.ts'), 'utf8');
  expect(source.split('\n').length).toBeLessThan(30);
});

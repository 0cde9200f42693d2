import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRenderer, rendererFolder } from '../../src-main/admin/renderer-files.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('the built page is read with the types of its files, and nothing hidden or unknown', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder.path, 'assets'));
  await mkdir(join(folder.path, '.vite'));
  await writeFile(join(folder.path, 'index.html'), '<p>');
  await writeFile(join(folder.path, 'assets', 'a.css'), 'p{}');
  await writeFile(join(folder.path, 'assets', 'a.map'), '{}');
  await writeFile(join(folder.path, '.vite', 'x.js'), '');
  const files = await readRenderer(folder.path);
  await folder.remove();
  expect([...files].map(([path, { type, body }]) => [path, type, String(body)]).toSorted()).toEqual([
    ['/assets/a.css', 'text/css; charset=utf-8', 'p{}'],
    ['/index.html', 'text/html; charset=utf-8', '<p>'],
  ]);
});

test('a compressed file goes with the one that it is of, and is none by itself', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder.path, 'assets'));
  await writeFile(join(folder.path, 'licenses.txt'), 'MIT');
  await writeFile(join(folder.path, 'assets', 'a.js'), '1');
  await writeFile(join(folder.path, 'assets', 'a.js.br'), 'compressed');
  await writeFile(join(folder.path, 'assets', 'gone.js.br'), 'compressed');
  const files = await readRenderer(folder.path);
  await folder.remove();
  expect([...files.keys()].toSorted()).toEqual(['/assets/a.js', '/licenses.txt']);
  expect(String(files.get('/assets/a.js')?.brotli)).toBe('compressed');
  expect(files.get('/licenses.txt')).toEqual({
    type: 'text/plain; charset=utf-8',
    body: Buffer.from('MIT'),
  });
});

test('a page that was not built is no error', async () => {
  expect((await readRenderer('/nonexistent/renderer')).size).toBe(0);
});

test('the page lies beside the built program, and seen from the sources in dist', () => {
  expect(rendererFolder('file:///app/dist/main/headless.js')).toBe('/app/dist/renderer/');
  expect(rendererFolder('file:///app/src-main/admin/renderer-files.ts')).toBe('/app/dist/renderer/');
});

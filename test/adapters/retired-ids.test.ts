import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRetiredIds } from '../../src-main/adapters/retired-ids.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

async function aPath(): Promise<string> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  return join(folder.path, 'state', 'retired-ids.jsonl');
}

test('retired ids are known from then on, by section, and after a restart', async () => {
  const path = await aPath();
  const retired = await openRetiredIds(path);
  await Promise.all([retired.add('users', ['ann', 'x/"y']), retired.add('channels', ['ann'])]);
  for (const known of [retired, await openRetiredIds(path)]) {
    expect(['ann', 'x/"y', 'ben'].map((id) => known.has('users', id))).toEqual([true, true, false]);
    expect([known.has('channels', 'ann'), known.has('groups', 'ann')]).toEqual([true, false]);
  }
});

test('an id is noted once', async () => {
  const path = await aPath();
  const retired = await openRetiredIds(path);
  await retired.add('users', ['ann']);
  await retired.add('users', ['ann']);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2);
});

test('a line that a crash tore does not spoil the one behind it', async () => {
  const path = await aPath();
  await (await openRetiredIds(path)).add('users', ['ann']);
  await appendFile(path, '{"section":"users","id":"be');
  await (await openRetiredIds(path)).add('users', ['carl']);
  const known = await openRetiredIds(path);
  expect(['ann', 'be', 'carl'].map((id) => known.has('users', id))).toEqual([true, false, true]);
});

test('a disk that refuses the note is told of', async () => {
  const path = await aPath();
  const retired = await openRetiredIds(path);
  await writeFile(join(path, '..', '..', 'state'), 'a file where the folder should be');
  await expect(retired.add('users', ['ann'])).rejects.toMatchObject({ code: 'storage_failed' });
  expect(retired.has('users', 'ann')).toBe(false);
});

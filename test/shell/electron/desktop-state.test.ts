import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DesktopStateFile, FIRST_STATE } from '../../../src-main/shell/electron/desktop-state.ts';
import { createCleanUp } from '../../support/clean-up.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(() => cleanUp.run());

async function stateFile() {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const problems: string[] = [];
  const path = join(folder.path, 'desktop.json');
  const open = () => new DesktopStateFile(path, (line) => problems.push(line));
  return { path, open, problems };
}

const WINDOW = { x: 1, y: 2, width: 800, height: 700, maximized: true };

it('keeps what it is told, for the owner alone', async () => {
  const { path, open } = await stateFile();
  const first = open();
  await first.read();
  void first.change({ window: WINDOW });
  await first.change({ language: 'zh' });
  expect(await open().read()).toEqual({ ...FIRST_STATE, window: WINDOW, language: 'zh' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it.each(['', '{', '{"version":2}', '{"version":1,"keepRunning":"yes"}', 'null'])(
  'begins anew where the file holds %j',
  async (text) => {
    const { path, open } = await stateFile();
    await writeFile(path, text);
    expect(await open().read()).toEqual(FIRST_STATE);
  },
);

it('goes on without keeping anything where it cannot write, and says so', async () => {
  const { path, open, problems } = await stateFile();
  await mkdir(path);
  await writeFile(join(path, 'in-the-way'), '');
  const file = open();
  await file.change({ keepRunning: false });
  expect(file.current.keepRunning).toBe(false);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^the desktop state cannot be kept: /);
});

it('leaves no half of a file', async () => {
  const { path, open } = await stateFile();
  const file = open();
  for (let x = 0; x < 20; x += 1) void file.change({ window: { ...WINDOW, x } });
  await file.settled();
  expect(JSON.parse(await readFile(path, 'utf8')).window.x).toBe(19);
});

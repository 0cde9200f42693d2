import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src-main/adapters/document/folder-lock.ts';
import { processStart } from '../../../src-main/adapters/document/process-start.ts';
import { folderObstacles } from '../../../src-main/adapters/start-obstacles.ts';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

const SCRIPT = fileURLToPath(new URL('../../support/save-until-killed.ts', import.meta.url));
let cleanUp: CleanUp;
let folder: TestStore;
let lock: string;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
  lock = join(folder.dataDir, 'aiproxy.lock');
});
afterEach(() => cleanUp.run());

describe('two processes on one data folder', () => {
  it('the second refuses to start and names the first', async () => {
    const first = spawn(process.execPath, [SCRIPT, folder.dataDir, 'first', 'hold'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(first.stdout, 'data');
    await expect(folder.open()).rejects.toThrow(
      new RegExp(`process ${first.pid}\\) already uses the data folder`),
    );
    first.kill('SIGKILL');
    await once(first, 'close');
    expect(Object.keys((await folder.open()).store.current.users)).not.toEqual([]);
  });

  it('counts a second opening by the same process as one', async () => {
    const { store } = await folder.open();
    await expect(folder.open()).rejects.toThrow(`process ${process.pid}`);
    await store.close();
    await folder.open();
  });

  it('lets exactly one of many that start at once in', async () => {
    await writeFile(lock, '4194305 long-gone\n');
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder.dataDir)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a lock that was left behind', () => {
  it.each([
    ['by a process that is gone', '4194305 long-gone\n'],
    ['by one whose number another process has now', `${process.pid} another-start\n`],
    ['by one that did not finish writing it', ''],
  ])('is taken over: %s', async (_what, content) => {
    await writeFile(lock, content);
    const release = await lockFolder(folder.dataDir);
    expect(await readFile(lock, 'utf8')).toBe(`${process.pid} ${processStart(process.pid)}\n`);
    await release();
    await expect(readFile(lock, 'utf8')).rejects.toThrow('ENOENT');
  });

  it('is told as what it is where it is a folder, by a start and before it', async () => {
    await mkdir(lock);
    const reason = 'a folder stands where a file should be: move it away';
    await expect(lockFolder(folder.dataDir)).rejects.toThrow(`${lock}: ${reason}`);
    expect(await folderObstacles(folder.dataDir, true)).toEqual([
      { place: lock, message: reason, severity: 'error' },
    ]);
  });

  it('is not released by a process that does not hold it any more', async () => {
    const release = await lockFolder(folder.dataDir);
    await writeFile(lock, 'someone else\n');
    await release();
    expect(await readFile(lock, 'utf8')).toBe('someone else\n');
  });
});

describe('a file in the place of a folder', () => {
  it.each(['state', 'logs', 'usage', 'backups', 'config', 'config/backups'])('is told: %s', async (name) => {
    const place = join(folder.dataDir, name);
    await rm(place, { recursive: true, force: true });
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, '');
    expect(await folderObstacles(folder.dataDir, true)).toEqual([
      { place, message: 'a file stands where a folder should be: move it away', severity: 'error' },
    ]);
  });
});

describe('the start of a process', () => {
  it('is known while it runs, and null for a process that is not there', () => {
    expect(processStart(process.pid)).toMatch(/\S/);
    expect(processStart(process.pid)).toBe(processStart(process.pid));
    expect(processStart(4194305)).toBeNull();
  });
});

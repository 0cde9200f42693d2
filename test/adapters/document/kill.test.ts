import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CleanUp, createCleanUp } from '../../support/clean-up.ts';
import { rounds } from '../../support/long-run.ts';
import { type TestStore, testStore } from '../../support/test-store.ts';

const SCRIPT = fileURLToPath(new URL('../../support/save-until-killed.ts', import.meta.url));
const KILLS = rounds(3, 50);

let cleanUp: CleanUp;
let folder: TestStore;
beforeEach(async () => {
  cleanUp = createCleanUp();
  folder = await testStore(cleanUp);
});
afterEach(() => cleanUp.run());

/** Saves in a child process and kills it after so many acknowledgements, at a random moment; returns those it gave. */
async function saveAndKill(round: number, after: number): Promise<string[]> {
  const child = spawn(process.execPath, [SCRIPT, folder.dataDir, `r${round}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  let isDoomed = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (isDoomed || said.split('\n').length <= after) return;
    isDoomed = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 8);
  });
  await once(child, 'close');
  expect(complained).toBe('');
  // A line that was cut off by the kill was no acknowledgement that anyone received.
  return said.split('\n').slice(0, -1);
}

describe('SIGKILL in the middle of 200 saves', () => {
  it('loses no acknowledged change, and the next start is neither empty nor torn', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < KILLS; round++) {
      const ids = await saveAndKill(round, round === 0 ? 1 : 1 + Math.floor(Math.random() * 149));
      acknowledged.push(...ids);
      const { store, notices } = await folder.open();
      const users = store.current.users;
      expect(acknowledged.filter((id) => users[id]?.name !== `user ${id}`)).toEqual([]);
      expect(notices).toEqual([]);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
  });
});

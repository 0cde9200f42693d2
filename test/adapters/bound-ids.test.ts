import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBoundIds } from '../../src-main/adapters/bound-ids.ts';
import type { Binding } from '../../src-main/core/ports.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

const DAY_MS = 86_400_000;
let path: string;
let clock: FakeClock;
let problems: string[];

beforeEach(async () => {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  path = join(folder.path, 'state', 'bound-ids.jsonl');
  clock = createFakeClock();
  problems = [];
});

const open = async (limit?: number) =>
  cleanUp.closing(
    await openBoundIds({
      path,
      clock,
      onProblem: (message) => problems.push(message),
      ...(limit === undefined ? {} : { limit }),
    }),
  );

const binding = (user: string, channel = 'west', days = 30): Binding => ({
  channel,
  user,
  api_key_digest: 'ab12',
  expires_at: clock.now() + days * DAY_MS,
});

const lines = async (): Promise<readonly string[]> =>
  (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');

describe('bound ids in memory', () => {
  it('are found at once, and nothing else is', async () => {
    const ids = await open();
    ids.put('files/a', binding('ann'));
    expect(ids.get('files/a')).toEqual([binding('ann')]);
    expect(ids.get('files/b')).toEqual([]);
  });

  it('have one binding for each user, the newest', async () => {
    const ids = await open();
    ids.put('files/a', binding('ann', 'west'));
    ids.put('files/a', binding('bob', 'west'));
    ids.put('files/a', binding('ann', 'east'));
    expect(ids.get('files/a').map(({ user, channel }) => [user, channel])).toEqual([
      ['bob', 'west'],
      ['ann', 'east'],
    ]);
  });

  it('are forgotten when their time is over', async () => {
    const ids = await open();
    ids.put('files/a', binding('ann', 'west', 1));
    clock.setNow(clock.now() + DAY_MS - 1);
    expect(ids.get('files/a')).toHaveLength(1);
    clock.setNow(clock.now() + 1);
    expect(ids.get('files/a')).toEqual([]);
  });

  it('give way when there are too many, the least recently used first', async () => {
    const ids = await open(2);
    ids.put('files/a', binding('ann'));
    ids.put('files/b', binding('ann'));
    ids.get('files/a');
    ids.put('files/c', binding('ann'));
    expect(['a', 'b', 'c'].map((id) => ids.get(`files/${id}`).length)).toEqual([1, 0, 1]);
  });
});

describe('the file of bound ids', () => {
  it('brings them back, and only its owner can read it', async () => {
    const first = await open();
    first.put('files/a', binding('ann'));
    first.put('responses/r', binding('bob', 'east'));
    await first.close();
    const second = await open();
    expect(second.get('files/a')).toEqual([binding('ann')]);
    expect(second.get('responses/r')).toEqual([binding('bob', 'east')]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is read up to a torn last line, which does not spoil the next one', async () => {
    const first = await open();
    first.put('files/a', binding('ann'));
    await first.close();
    const whole = await readFile(path, 'utf8');
    await writeFile(path, `${whole}not JSON\n${whole.slice(0, 40)}`);
    const second = await open();
    second.put('files/b', binding('ann'));
    await second.close();
    const third = await open();
    expect([third.get('files/a').length, third.get('files/b').length]).toEqual([1, 1]);
    expect(await lines()).toHaveLength(2);
  });

  it('loses expired lines at the start', async () => {
    const first = await open();
    first.put('files/a', binding('ann', 'west', 1));
    first.put('files/b', binding('ann', 'west', 3));
    await first.close();
    clock.setNow(clock.now() + 2 * DAY_MS);
    await (await open()).close();
    expect(await lines()).toEqual([expect.stringContaining('"id":"files/b"')]);
  });

  it('is rewritten when it has doubled', async () => {
    const ids = await open();
    for (let round = 0; round < 25; round += 1) {
      for (let id = 0; id < 100; id += 1) ids.put(`files/${id}`, binding('ann'));
      await ids.flush();
    }
    await ids.close();
    expect((await lines()).length).toBeLessThan(2_000);
    const again = await open();
    for (let id = 0; id < 100; id += 1) expect(again.get(`files/${id}`)).toHaveLength(1);
  });

  it('gets what was put while it was rewritten', async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'old\n');
    const ids = await open();
    const rewriting = ids.flush();
    ids.put('files/late', binding('ann'));
    await rewriting;
    await ids.close();
    expect((await open()).get('files/late')).toHaveLength(1);
  });
});

describe('a file of bound ids', () => {
  it('that cannot be written is reported once, harms no request and is made up for later', async () => {
    const ids = await open();
    await writeFile(dirname(path), 'a file where the folder should be');
    ids.put('files/a', binding('ann'));
    await ids.flush();
    ids.put('files/b', binding('ann'));
    await ids.flush();
    expect(ids.get('files/a')).toHaveLength(1);
    expect(problems).toEqual(['the ids that platforms handed out cannot be kept over a restart']);
    await rm(dirname(path));
    await ids.close();
    expect(await lines()).toHaveLength(2);
  });

  it('that cannot be read is reported, and the program starts', async () => {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o700);
    const ids = await open();
    expect(ids.get('files/a')).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});

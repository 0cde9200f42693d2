import { afterEach, describe, expect, it } from 'vitest';
import { TextEngine } from '../../../src-main/adapters/document/text-engine.ts';
import { doTextTask } from '../../../src-main/adapters/document/text-work.ts';
import { SharedTextError } from '../../../src-main/adapters/document/yaml-text.ts';

const engine = new TextEngine();
afterEach(() => engine.close());

const USERS = Array.from({ length: 3000 }, (_, index) => `  u${index}:\n    name: user ${index} # note\n`);
const LARGE = `version: 1\nusers:\n${USERS.join('')}`;

/** The processor time that this thread gave to some work, in microseconds. */
async function ownMicroseconds(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

describe('a large YAML text', () => {
  it('is read and edited in a thread of its own, while this one goes on', async () => {
    await engine.parse(LARGE, 'yaml');
    const edit = { section: 'users', id: 'u7', value: { name: 'seven' } } as const;
    let edited = '';
    const here = await ownMicroseconds(() => {
      doTextTask({ kind: 'parse', text: LARGE, format: 'yaml' });
      doTextTask({ kind: 'edit', text: LARGE, edits: [edit] });
    });
    const there = await ownMicroseconds(async () => {
      const parsed = await engine.parse(LARGE, 'yaml');
      expect(parsed).toMatchObject({
        ok: true,
        value: { version: 1, users: { u2999: { name: 'user 2999' } } },
      });
      edited = await engine.editYaml(LARGE, [edit]);
    });
    expect(edited).toBe(LARGE.replace('user 7 #', 'seven #'));
    expect(there).toBeLessThan(here / 2);
  });

  it('is made there from a small one', async () => {
    const edits = Array.from({ length: 1000 }, (_, n) => {
      return { section: 'users', id: `u${n}`, value: { name: `user ${n}` } } as const;
    });
    let hasTurned = false;
    setImmediate(() => {
      hasTurned = true;
    });
    // One that was closed does its work at once.
    const fresh = new TextEngine();
    const edited = await fresh.editYaml('users:\n  ann: {}\n', edits).finally(() => fresh.close());
    expect(edited).toContain('  u999:');
    expect(hasTurned).toBe(true);
  });

  it('is located there too, and its problems come back', async () => {
    expect(await engine.locate(LARGE, 'yaml', [['users', 'u1', 'name']])).toEqual([{ line: 6, column: 5 }]);
    expect(await engine.parse(`${LARGE}  : [`, 'yaml')).toMatchObject({ ok: false });
    const anchored = LARGE.replace('u0:', 'u0: &x').replace('name: user 1 #', '<<: *x #');
    const edit = { section: 'users', id: 'u0', value: { name: 'zero' } } as const;
    await expect(engine.editYaml(anchored, [edit])).rejects.toThrow(SharedTextError);
  });

  it('can be asked for many things at once', async () => {
    const results = await Promise.all(
      [1, 2, 3].map((id) => engine.locate(LARGE, 'yaml', [['users', `u${id}`]])),
    );
    expect(results.map(([at]) => at?.line)).toEqual([5, 7, 9]);
  });

  it('is still answered when the engine is closed meanwhile', async () => {
    const waiting = engine.locate(LARGE, 'yaml', [['users']]);
    await engine.close();
    expect(await waiting).toEqual([{ line: 2, column: 1 }]);
  });
});

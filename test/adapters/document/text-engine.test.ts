import { afterEach, describe, expect, it } from 'vitest';
import { TextEngine } from '../../../src-main/adapters/document/text-engine.ts';
import { SharedTextError } from '../../../src-main/adapters/document/yaml-text.ts';

const engine = new TextEngine();
afterEach(() => engine.close());

const USERS = Array.from({ length: 3000 }, (_, index) => `  u${index}:\n    name: user ${index} # note\n`);
const LARGE = `version: 1\nusers:\n${USERS.join('')}`;

/** How long the event loop stood still at most while something was done, in milliseconds. */
async function longestBlockMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
}

describe('a large YAML text', () => {
  it('is read and edited in a thread of its own, while this one goes on', async () => {
    await engine.parse(LARGE, 'yaml');
    const edit = { section: 'users', id: 'u7', value: { name: 'seven' } } as const;
    let edited = '';
    const blockedMs = await longestBlockMs(async () => {
      const parsed = await engine.parse(LARGE, 'yaml');
      expect(parsed).toMatchObject({
        ok: true,
        value: { version: 1, users: { u2999: { name: 'user 2999' } } },
      });
      edited = await engine.editYaml(LARGE, [edit]);
    });
    expect(edited).toBe(LARGE.replace('user 7 #', 'seven #'));
    expect(blockedMs).toBeLessThan(100);
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

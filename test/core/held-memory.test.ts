import { describe, expect, it } from 'vitest';
import { HeldMemory, type HeldShare } from '../../src-main/core/held-memory.ts';

/** Takes byte by byte as long as there is room. @returns how many it got */
function fill(memory: HeldMemory, share: HeldShare): number {
  let taken = 0;
  while (memory.hasRoom(share)) {
    memory.take(share, 1);
    taken += 1;
  }
  return taken;
}

describe('memory that is shared fairly', () => {
  it('gives one user half of it, and whoever comes next half of the rest', () => {
    const memory = new HeldMemory(1000);
    expect(['ann', 'bob', 'eve'].map((user) => fill(memory, memory.shareOf(user)))).toEqual([500, 250, 125]);
    expect(memory.bytes).toBe(875);
  });

  it('lets those go on who wait, in their order, as soon as there is room', () => {
    const memory = new HeldMemory(100);
    const ann = memory.shareOf('ann');
    fill(memory, ann);
    const woken: string[] = [];
    for (const name of ['first', 'second', 'gone']) {
      const who = { share: ann, roomy: () => void woken.push(name) };
      memory.wait(who);
      if (name === 'gone') memory.forget(who);
    }
    memory.take(memory.shareOf('bob'), 10);
    memory.giveBack(memory.shareOf('bob'), 10);
    expect(woken).toEqual([]);
    memory.giveBack(ann, 10);
    expect(woken).toEqual(['first', 'second']);
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WriteTurn } from '../../../src-main/proxy/websocket/write-turn.ts';

it('writes for all when everything that had arrived was read, and again in the next turn', async () => {
  const writes: string[] = [];
  const writing = (name: string) => ({ flush: () => void writes.push(name) });
  const writeTurn = new WriteTurn();
  writeTurn.add(writing('a'));
  writeTurn.add(writing('b'));
  expect(writes).toEqual([]);
  await turn();
  expect(writes).toEqual(['a', 'b']);
  writeTurn.add(writing('c'));
  await turn();
  expect(writes).toEqual(['a', 'b', 'c']);
});

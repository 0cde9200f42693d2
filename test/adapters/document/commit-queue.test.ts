import { describe, expect, it } from 'vitest';
import { CommitQueue, type Pending } from '../../../src-main/adapters/document/commit-queue.ts';
import { emptyDocument } from '../../../src-main/contract/document.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue whose commits end when the test says so, and the batches they took. */
function heldQueue() {
  const clock = createFakeClock();
  const batches: (readonly Pending[])[] = [];
  let finish: () => void = () => undefined;
  const queue = new CommitQueue(async () => {
    const batch = queue.take();
    batches.push(batch);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    for (const pending of batch) pending.resolve(emptyDocument());
  }, clock);
  const add = (count: number): void => {
    for (let index = 0; index < count; index += 1) void queue.add([]);
  };
  const finished = async (): Promise<void> => {
    finish();
    await turn();
  };
  return { clock, add, finished, sizes: () => batches.map(({ length }) => length) };
}

describe('changes that come while others are written', () => {
  it('go together in one commit', async () => {
    const { clock, add, finished, sizes } = heldQueue();
    add(1);
    await turn();
    add(200);
    await turn();
    expect(sizes()).toEqual([1]);
    await finished();
    clock.advance(5);
    await turn();
    expect(sizes()).toEqual([1, 200]);
  });

  it('go together with the next ones of those that were just answered', async () => {
    const { add, finished, sizes } = heldQueue();
    add(4);
    await turn();
    add(4);
    await finished();
    expect(sizes()).toEqual([4]);
    add(4);
    await turn();
    expect(sizes()).toEqual([4, 8]);
  });

  it('wait no longer than a moment for those', async () => {
    const { clock, add, finished, sizes } = heldQueue();
    add(4);
    await turn();
    add(4);
    await finished();
    clock.advance(5);
    await turn();
    expect(sizes()).toEqual([4, 4]);
  });

  it('wait for nobody where one change comes after the other', async () => {
    const { add, finished, sizes } = heldQueue();
    for (let index = 0; index < 3; index += 1) {
      add(1);
      await turn();
      await finished();
    }
    expect(sizes()).toEqual([1, 1, 1]);
  });
});

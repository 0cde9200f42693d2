import { expect, it } from 'vitest';
import { FileWatch } from '../../../src-main/adapters/document/file-watch.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { hearingLog } from '../../support/test-store.ts';

it('where the file system sends no events, looks every second, and at the contents after the interval', async () => {
  const clock = createFakeClock();
  const looks: boolean[] = [];
  const watch = new FileWatch({
    folder: '/there/is/no/such/folder',
    clock,
    log: hearingLog(),
    thoroughEveryMs: () => 3000,
    look: async (thorough) => void looks.push(thorough),
  });
  for (let second = 0; second < 6; second++) await clock.advanceAsync(1000);
  expect(looks).toEqual([false, false, true, false, false, true]);
  watch.close();
  await clock.advanceAsync(10_000);
  expect(looks).toHaveLength(6);
});

it('goes on after a look that failed, and says so', async () => {
  const clock = createFakeClock();
  const log = hearingLog();
  let looks = 0;
  const watch = new FileWatch({
    folder: '/there/is/no/such/folder',
    clock,
    log,
    thoroughEveryMs: () => 60_000,
    look: async () => {
      looks += 1;
      throw new Error('the disk is gone');
    },
  });
  for (let second = 0; second < 3; second++) await clock.advanceAsync(1000);
  expect(looks).toBe(3);
  expect(log.lines[0]).toContain('the disk is gone');
  watch.close();
});

import { describe, expect, it } from 'vitest';
import { createFakeClock } from './fake-clock.ts';

describe('the fake clock', () => {
  it('stands still, and fires timers in order of time when it is moved', () => {
    const clock = createFakeClock(1000);
    const fired: [string, number][] = [];
    clock.after(30, () => fired.push(['late', clock.now()]));
    clock.after(10, () => {
      fired.push(['early', clock.now()]);
      clock.after(5, () => fired.push(['nested', clock.monotonicMs()]));
    });
    clock.after(20, () => fired.push(['taken back', clock.now()]))();
    clock.advance(29);
    expect(fired).toEqual([
      ['early', 1010],
      ['nested', 15],
    ]);
    clock.advance(1);
    expect([fired.length, clock.now(), clock.monotonicMs(), clock.pending]).toEqual([3, 1030, 30, 0]);
  });

  it('lets promises run between timers when it is asked to', async () => {
    const clock = createFakeClock();
    const steps: string[] = [];
    clock.after(10, () => {
      steps.push('fired');
      void Promise.resolve().then(() => clock.after(10, () => steps.push('from a promise')));
    });
    await clock.advanceAsync(20);
    expect(steps).toEqual(['fired', 'from a promise']);
  });

  it('has a wall clock that can be set without anything else noticing', () => {
    const clock = createFakeClock(0);
    clock.setNow(86_400_000);
    clock.advance(1);
    expect([clock.now(), clock.monotonicMs()]).toEqual([86_400_001, 1]);
  });
});

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src-main/adapters/system-clock.ts';

afterEach(() => vi.useRealTimers());

describe('the real clock', () => {
  it('tells the time of the computer, and a time that never goes back', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
    expect(systemClock.monotonicMs()).toBeLessThanOrEqual(systemClock.monotonicMs());
  });

  it('fires once after the delay, unless that is taken back', () => {
    vi.useFakeTimers();
    const fired: string[] = [];
    systemClock.after(50, () => fired.push('kept'));
    systemClock.after(10, () => fired.push('taken back'))();
    vi.advanceTimersByTime(49);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(fired).toEqual(['kept']);
  });

  it('waits longer than Node’s timers can, where it is asked to', () => {
    vi.useFakeTimers();
    const fiftyDaysMs = 50 * 86_400_000;
    let fired = 0;
    systemClock.after(fiftyDaysMs, () => (fired += 1));
    vi.advanceTimersByTime(fiftyDaysMs - 1);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(1);
    expect(fired).toBe(1);
  });

  it('never keeps the process alive', () => {
    const source = resolve(import.meta.dirname, '../../src-main/adapters/system-clock.ts');
    const script = `import { systemClock } from ${JSON.stringify(source)}; systemClock.after(60_000, () => {});`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
    expect(ended.status).toBe(0);
  });
});

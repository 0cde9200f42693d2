import { describe, expect, it } from 'vitest';
import { processReadings } from '../../src-main/adapters/process-readings.ts';
import type { DelaySummary } from '../../src-main/core/metrics/process-families.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const WINDOW_MS = 10_000;

/** Reads until timers have been measured, which takes real time. */
async function measured(read: () => Promise<DelaySummary>, atLeast: number): Promise<DelaySummary> {
  for (;;) {
    const delay = await read();
    if (delay.count >= atLeast) return delay;
  }
}

/** Keeps the event loop from its timers. */
function block(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

describe('readings of this process', () => {
  it('tell its memory, its processor time and its start', async () => {
    const clock = createFakeClock(Date.now());
    const reading = await processReadings(clock).read();
    expect(reading.residentBytes).toBeGreaterThan(reading.heapUsedBytes);
    expect(reading.cpuUserSeconds).toBeGreaterThan(0);
    expect(reading.startedAtMs).toBeLessThan(clock.now());
    expect(reading.nodeVersion).toBe(process.version);
    if (process.platform === 'linux') expect(reading.openFiles).toBeGreaterThan(2);
  });

  it('begin to measure the event loop when they are asked for', async () => {
    const { eventLoopDelay } = await processReadings(createFakeClock()).read();
    expect(eventLoopDelay).toMatchObject({ count: 0, sumSeconds: 0 });
    expect(eventLoopDelay.quantiles.map(([quantile]) => quantile)).toEqual([0.5, 0.9, 0.99, 1]);
    for (const [, seconds] of eventLoopDelay.quantiles) expect(seconds).toBeNaN();
  });

  it('tell a delay of late, and count it for ever', async () => {
    const clock = createFakeClock();
    const readings = processReadings(clock);
    const read = async () => (await readings.read()).eventLoopDelay;
    await measured(read, 2);
    block(1_500);
    const late = await measured(read, (await read()).count + 1);
    const longest = (delay: DelaySummary) => delay.quantiles.at(-1)?.[1] ?? 0;
    expect(longest(late)).toBeGreaterThan(1);
    expect(late.sumSeconds).toBeGreaterThan(1);
    clock.advance(WINDOW_MS);
    const last = await read();
    const next = await measured(read, last.count + 1);
    expect(longest(next)).toBeLessThan(longest(last));
    expect(next.sumSeconds).toBeGreaterThanOrEqual(last.sumSeconds);
  });
});

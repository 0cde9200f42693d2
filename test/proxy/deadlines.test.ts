import { describe, expect, it } from 'vitest';
import { Deadlines, type Expiring } from '../../src-main/proxy/deadlines.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const SWEEP_MS = 200;

/** Deadlines on a clock that stands still, and things that note when they expire. */
function started() {
  const clock = createFakeClock();
  const deadlines = new Deadlines(clock);
  const expired: string[] = [];
  const add = (name: string, deadlineMs: number): Expiring => {
    const expiring: Expiring = {
      deadlineMs,
      slot: -1,
      lingers: false,
      allowedUntilMs: Number.POSITIVE_INFINITY,
      expire: () => expired.push(`${name}@${clock.monotonicMs()}`),
      lapse: () => expired.push(`${name} lapsed@${clock.monotonicMs()}`),
    };
    deadlines.add(expiring);
    return expiring;
  };
  return { clock, deadlines, expired, add };
}

describe('deadlines', () => {
  it('expire once, no more than a sweep late', () => {
    const { clock, expired, add } = started();
    add('a', 1_000);
    clock.advance(999);
    expect(expired).toEqual([]);
    clock.advance(10_000);
    expect(expired).toEqual(['a@1000']);
  });

  it('can be moved, and set again after they expired', () => {
    const { clock, expired, add } = started();
    const moving = add('a', 300);
    moving.deadlineMs = 900;
    clock.advance(800);
    expect(expired).toEqual([]);
    clock.advance(SWEEP_MS);
    moving.deadlineMs = 1_500;
    clock.advance(1_000);
    expect(expired).toEqual(['a@1000', 'a@1600']);
  });

  it('do not concern what has left, also where others left before it', () => {
    const { clock, deadlines, expired, add } = started();
    const [a, b, c, d] = [add('a', 100), add('b', 100), add('c', 100), add('d', 100)];
    deadlines.delete(a);
    deadlines.delete(d);
    deadlines.delete(a);
    expect(deadlines.size).toBe(2);
    clock.advance(SWEEP_MS);
    expect(expired.map((text) => text[0]).sort()).toEqual(['b', 'c']);
    deadlines.delete(b);
    deadlines.delete(c);
    expect(deadlines.size).toBe(0);
  });

  it('let whatever expires take others away', () => {
    const { clock, deadlines, expired, add } = started();
    const b = add('b', 100);
    const a: Expiring = {
      deadlineMs: 100,
      slot: -1,
      lingers: false,
      allowedUntilMs: Number.POSITIVE_INFINITY,
      expire: () => deadlines.delete(b),
      lapse: () => undefined,
    };
    deadlines.delete(b);
    deadlines.add(a);
    deadlines.add(b);
    clock.advance(SWEEP_MS);
    expect(expired).toEqual([]);
  });
});

describe('a permission that ends', () => {
  it('is noticed by the wall clock, once, no more than a sweep late', () => {
    const { clock, expired, add } = started();
    add('a', 10_000).allowedUntilMs = clock.now() + 60_000;
    clock.advance(1_000);
    expect(expired).toEqual([]);
    clock.setNow(clock.now() + 60_000);
    clock.advance(2 * SWEEP_MS);
    expect(expired).toEqual(['a lapsed@1200']);
  });
});

describe('what lingers', () => {
  it('is not under way, but expires in its time, or when it is told to', async () => {
    const { clock, deadlines, expired, add } = started();
    const [a, b, c] = [add('a', 1_000), add('b', 5_000), add('c', 5_000)];
    for (const one of [a, b, c]) deadlines.linger(one);
    expect(deadlines.size).toBe(0);
    await deadlines.whenEmpty();
    clock.advance(1_000);
    expect(expired).toEqual(['a@1000']);
    deadlines.delete(a);
    deadlines.delete(b);
    deadlines.endLingering();
    expect(expired).toEqual(['a@1000', 'c@1000']);
    deadlines.delete(c);
    clock.advance(10_000);
    expect(expired).toHaveLength(2);
  });
});

describe('what is under way', () => {
  it('says when there is nothing any more', async () => {
    const { deadlines, add } = started();
    await deadlines.whenEmpty();
    const [a, b] = [add('a', Number.POSITIVE_INFINITY), add('b', Number.POSITIVE_INFINITY)];
    let empty = false;
    const waiting = deadlines.whenEmpty().then(() => {
      empty = true;
    });
    deadlines.delete(a);
    await Promise.resolve();
    expect(empty).toBe(false);
    deadlines.delete(b);
    await waiting;
  });

  it('can all be brought to its end at once', () => {
    const { deadlines, expired, add } = started();
    add('a', Number.POSITIVE_INFINITY);
    add('b', Number.POSITIVE_INFINITY);
    deadlines.expireAll();
    expect(expired).toEqual(['a@0', 'b@0']);
  });

  it('is looked at until that is stopped', () => {
    const { clock, deadlines } = started();
    clock.advance(450);
    expect(deadlines.coarseMs).toBe(400);
    deadlines.stop();
    expect(clock.pending).toBe(0);
  });
});

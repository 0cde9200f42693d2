import { describe, expect, it } from 'vitest';
import { FailedAttempts } from '../../src-main/core/failed-attempts.ts';
import { modelMatcher } from '../../src-main/core/model-glob.ts';
import { modelsToldIn } from '../../src-main/core/websocket/session-model.ts';
import { createFakeClock } from '../support/fake-clock.ts';

/** Generous: what it guards against took seconds, and grew with the square of the length. */
const SOON_MS = 500;

function msOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('names that clients choose', () => {
  it('do not hold up the gateway where a glob has several stars', () => {
    const matches = modelMatcher(['*gpt*mini*', '*a*b*c*d*']);
    expect(msOf(() => expect(matches?.('gpt'.repeat(50_000))).toBe(false))).toBeLessThan(SOON_MS);
    expect(msOf(() => expect(matches?.('abc'.repeat(50_000))).toBe(false))).toBeLessThan(SOON_MS);
  });

  it('stand at both ends of a glob without sharing letters', () => {
    const matches = modelMatcher(['gpt-*-mini', 'a*a', 'x*ab*b']);
    expect(['gpt-4-mini', 'aa', 'xabb', 'gpt--mini'].map((name) => matches?.(name))).toEqual(
      Array(4).fill(true),
    );
    expect(['gpt-mini', 'a', 'xab', 'gpt-4-mini2'].map((name) => matches?.(name))).toEqual(
      Array(4).fill(false),
    );
  });

  it('are found in a message that is full of quotes in little time', () => {
    const text = `{"model":"m","input":[${'"",'.repeat(250_000)}1]}`;
    expect(msOf(() => expect(modelsToldIn(text)).toEqual(['m']))).toBeLessThan(SOON_MS);
  });
});

describe('wrong keys through a dual-stack socket', () => {
  it('of one IPv4 address are not counted against the others', () => {
    const attempts = new FailedAttempts(createFakeClock(), 1);
    expect(attempts.note('::ffff:192.0.2.1')).toBeNull();
    expect(attempts.note('::ffff:192.0.2.2')).toBeNull();
    expect(attempts.note('192.0.2.1')).toBe(60);
  });
});

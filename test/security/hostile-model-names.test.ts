import { describe, expect, it } from 'vitest';
import { FailedAttempts } from '../../src-main/core/failed-attempts.ts';
import { modelMatcher } from '../../src-main/core/model-glob.ts';
import { modelsToldIn } from '../../src-main/core/websocket/session-model.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { growth, LINEAR } from '../support/growth.ts';

describe('names that clients choose', () => {
  it('do not hold up the gateway where a glob has several stars', () => {
    const matches = modelMatcher(['*gpt*mini*', '*a*b*c*d*']);
    for (const piece of ['gpt', 'abc']) {
      const matching = (times: number) => () => expect(matches?.(piece.repeat(times))).toBe(false);
      expect(growth(matching, 50_000), piece).toBeLessThan(LINEAR);
    }
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
    const reading = (quotes: number) => {
      const text = `{"model":"m","input":[${'"",'.repeat(quotes)}1]}`;
      return () => expect(modelsToldIn(text)).toEqual(['m']);
    };
    expect(growth(reading, 100_000)).toBeLessThan(LINEAR);
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

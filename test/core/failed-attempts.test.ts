import { describe, expect, it } from 'vitest';
import { FailedAttempts } from '../../src-main/core/failed-attempts.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const ALLOWED = 100;

function exhausted(address: string) {
  const clock = createFakeClock();
  const keys = new FailedAttempts(clock, ALLOWED);
  const answers = Array.from({ length: ALLOWED }, () => keys.note(address));
  return { clock, keys, answers };
}

describe('wrong keys of one address', () => {
  it('are told to wait from the 101st within a minute on', () => {
    const { clock, keys, answers } = exhausted('192.0.2.1');
    expect(answers.every((answer) => answer === null)).toBe(true);
    expect(keys.note('192.0.2.1')).toBe(60);
    clock.advance(59_500);
    expect(keys.note('192.0.2.1')).toBe(1);
    clock.advance(500);
    expect(keys.note('192.0.2.1')).toBeNull();
  });

  it('hold up no other address', () => {
    expect(exhausted('192.0.2.1').keys.note('192.0.2.2')).toBeNull();
  });

  it('are those of a whole /64 in IPv6', () => {
    const { keys } = exhausted('2001:db8:0:1::1');
    expect(keys.note('2001:db8:0:1:ffff::2')).not.toBeNull();
    expect(keys.note('2001:db8:0:2::1')).toBeNull();
  });

  it('are counted for a bounded number of addresses; the oldest is forgotten', () => {
    const { keys } = exhausted('192.0.2.1');
    for (let at = 0; at < 10_000; at += 1) keys.note(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
    expect(keys.note('192.0.2.1')).toBeNull();
  });
});

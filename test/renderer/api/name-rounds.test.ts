import { describe, expect, test } from 'vitest';
import { roundsOf, type Wanted } from '../../../src-renderer/api/name-rounds.ts';

describe('questions for names', () => {
  test('are one for what fits into an address, and none for nothing', () => {
    const few: Wanted[] = [
      { kind: 'users', id: 'usr_1' },
      { kind: 'keys', id: 'key_1' },
    ];
    expect(roundsOf(few)).toEqual([few]);
    expect(roundsOf([])).toEqual([]);
  });

  test('are several where the longest ids would not fit, and none is lost', () => {
    const long = Array.from(
      { length: 100 },
      (_, at): Wanted => ({ kind: 'users', id: `${'户'.repeat(120)}${at}` }),
    );
    const rounds = roundsOf(long);
    expect(rounds.flat()).toEqual(long);
    for (const round of rounds) {
      expect(new URLSearchParams(round.map(({ id }) => ['user', id])).toString().length).toBeLessThan(16_000);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { mergePatch } from '../../../src-renderer/api/merge-patch.ts';
import { KeyMembers, membersOf, valuesOf } from '../../../src-renderer/features/keys/key-form.ts';

const STORED = {
  user: 'ada',
  name: 'Laptop',
  channels: [
    { id: 'b', priority: 2 },
    { id: 'a', priority: 1 },
  ],
  models: [],
  expires_at: '2027-01-01T00:00:00+01:00',
  failover: false,
  limits: { requests_per_minute: 5 },
  notes: 'two\nlines',
};

describe('the form of a Proxy-Key', () => {
  test('describes the record it was filled with, so that nothing is sent where nothing was changed', () => {
    const values = valuesOf(STORED);
    expect(mergePatch(membersOf(values), membersOf(valuesOf(STORED)))).toEqual({});
    expect(KeyMembers.safeParse(membersOf(values)).success).toBe(true);
  });

  test('tells “all” from “none”, of channels and of models', () => {
    expect(membersOf(valuesOf({ user: 'ada' }))).toMatchObject({ channels: undefined, models: undefined });
    expect(membersOf(valuesOf({ user: 'ada', channels: [], models: [] }))).toMatchObject({
      channels: [],
      models: [],
    });
  });

  test.each([
    [
      'another order of the channels',
      { channels: [...(valuesOf(STORED).channels ?? [])].reverse() },
      {
        channels: [
          { id: 'b', priority: 1 },
          { id: 'a', priority: 2 },
        ],
      },
    ],
    ['all channels', { channels: null }, { channels: null }],
    ['no name', { name: '  ' }, { name: null }],
    ['no end', { expires_at: '' }, { expires_at: null }],
    ['the user’s failover', { failover: undefined }, { failover: null }],
    ['other limits', { limits: { burst: 2 } }, { limits: { requests_per_minute: null, burst: 2 } }],
  ])('sends %s as a change of that alone', (_, changed, patch) => {
    const values = valuesOf(STORED);
    expect(mergePatch(membersOf(values), membersOf({ ...values, ...changed }))).toEqual(patch);
  });

  test.each([
    ['nobody as its user', { user: '' }, 'user'],
    ['an empty model', { models: [''] }, 'models.0'],
    ['a limit of nothing', { limits: { requests_per_minute: 0 } }, 'limits.requests_per_minute'],
  ])('is refused with %s, at its field', (_, changed, path) => {
    const result = KeyMembers.safeParse(membersOf({ ...valuesOf(STORED), ...changed }));
    expect(new Set(result.error?.issues.map((issue) => issue.path.join('.')))).toEqual(new Set([path]));
  });
});

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Channel } from '../../../src-main/contract/document.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';
import { SECTIONS, sectionsOf } from '../../../src-renderer/features/channels/advanced-sections.ts';
import { FIELDS } from '../../../src-renderer/features/channels/form-fields.ts';
import { movedTo } from '../../../src-renderer/features/channels/moved-to.ts';
import { otherSettings } from '../../../src-renderer/features/channels/other-settings.ts';
import { DESCRIBED, settingsIn } from '../../../src-renderer/features/channels/platform-facts.ts';
import { withoutSecrets } from '../../../src-renderer/features/channels/shown-patch.ts';
import { stateOf, successRate } from '../../../src-renderer/ui/channel-state.ts';
import { recentRange } from '../../../src-renderer/ui/recent-range.ts';

test.each([
  ['disabled', { requests: 9, success: 9, aborted: 0 }, 'disabled'],
  ['active', undefined, 'unused'],
  [undefined, { requests: 2, success: 0, aborted: 2 }, 'unused'],
  [undefined, { requests: 100, success: 95, aborted: 0 }, 'working'],
  ['active', { requests: 10, success: 9, aborted: 1 }, 'working'],
  ['active', { requests: 100, success: 94, aborted: 0 }, 'troubled'],
  ['active', { requests: 100, success: 49, aborted: 0 }, 'failing'],
] as const)('a channel that is %s with %j is %s', (status, figures, state) => {
  expect(stateOf(status, figures)).toBe(state);
});

test('requests that their client left do not count for or against a channel', () => {
  expect(successRate({ requests: 4, success: 2, aborted: 2 })).toBe(1);
  expect(successRate({ requests: 2, success: 0, aborted: 2 })).toBe(null);
});

test('the last hour is the counted hour that goes on and the one before', () => {
  const { start_time, end_time } = recentRange(Date.parse('2026-05-01T10:00:00Z'));
  expect([start_time, end_time]).toEqual(['2026-05-01T08:00:00.001Z', '2026-05-01T10:00:00.000Z']);
});

test.each([
  ['c', 1, 'c a b'],
  ['a', 2, 'b a c'],
  ['a', 99, 'b c a'],
  ['b', -4, 'b a c'],
  ['b', Number.NaN, 'a b c'],
  ['none', 1, 'a b c'],
])('moving %s to place %s gives %s', (id, place, order) => {
  const moved = movedTo([{ id: 'a' }, { id: 'b' }, { id: 'c' }], id, place);
  expect(moved.map((one) => one.id).join(' ')).toBe(order);
});

describe('what a form of channels knows', () => {
  test('is every member of the contract, but what an admin does not set there', () => {
    const elsewhere = ['status', 'health', 'outbound_proxy', 'created_at', 'updated_at'];
    expect(new Set([...FIELDS, ...elsewhere])).toEqual(new Set([...Object.keys(Channel.shape), 'id']));
  });

  test('is a word on every platform', () => {
    expect(DESCRIBED).toEqual(expect.arrayContaining(PLATFORMS.map(({ id }) => id)));
  });

  test('are the settings of a platform by their types', () => {
    const schema = z.toJSONSchema(
      z.looseObject({
        region: z.enum(['eu', 'us']),
        version: z.string().optional(),
        size: z.int().optional(),
        strict: z.boolean().optional(),
        parts: z.object({ a: z.string() }).optional(),
      }),
    );
    expect(settingsIn(schema)).toEqual([
      { kind: 'choice', name: 'region', isRequired: true, options: ['eu', 'us'] },
      { kind: 'text', name: 'version', isRequired: false },
      { kind: 'number', name: 'size', isRequired: false },
      { kind: 'flag', name: 'strict', isRequired: false },
      { kind: 'json', name: 'parts', isRequired: false },
    ]);
    expect(settingsIn({})).toEqual([]);
  });

  test('is which folded part an error stands in', () => {
    expect(sectionsOf(['headers.x y', 'name', 'limits.quota.0.tokens'])).toEqual(['connection', 'limits']);
    expect(sectionsOf(['timeouts'])).toEqual([]);
    expect(SECTIONS.map(({ name }) => name)).toEqual(['routing', 'connection', 'times', 'limits']);
  });
});

test('a change is shown without the secrets in it', () => {
  const patch = { name: 'x', api_key: 'a-key-of-a-test', api_keys: null, headers: { a: 'b' } };
  expect(withoutSecrets(patch)).toEqual({ name: 'x', api_key: '•••', api_keys: null, headers: '•••' });
});

test('the other settings of a channel are told by their names', () => {
  const limits = { concurrency: 2, quota: [{ per: 'day' as const, tokens: 5 }] };
  const channel = {
    id: 'a',
    platform: 'custom',
    priority: 1,
    timeout: 5,
    model_map: { a: 'b', c: 'd' },
    limits,
    region_of_tomorrow: 'x',
  };
  expect(otherSettings(channel)).toEqual([
    { name: 'timeout', text: 'timeout', value: '5' },
    { name: 'model_map', text: 'modelMap', value: 'a: b, c: d' },
    { name: 'limits', text: 'limits', value: 'concurrency: 2, quota: per: day, tokens: 5' },
    { name: 'region_of_tomorrow', text: null, value: 'x' },
  ]);
});

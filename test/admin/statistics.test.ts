import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageFigures } from '../../src-main/contract/statistics.ts';
import type { AdminErrorBody } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type OneCustomer, SECOND_KEY, startOneCustomer } from '../support/one-customer.ts';

const cleanUp = createCleanUp();
let customer: OneCustomer;

beforeAll(async () => {
  customer = await startOneCustomer(cleanUp);
  await customer.chat();
  await customer.chat({ stream: true });
  await customer.chat({ model: 'm-two' });
  await customer.chat({ key: SECOND_KEY });
  await customer.chat({ key: 'pk-nobody' });
});
afterAll(() => cleanUp.run());

interface Summary {
  readonly start_time: string;
  readonly end_time: string;
  readonly time_zone: string;
  readonly covered: { readonly start_time: string; readonly end_time: string } | null;
  readonly total: UsageFigures;
}
type Item = UsageFigures & Readonly<Record<string, unknown>>;
interface List extends Summary {
  readonly items: readonly Item[];
  readonly count: number;
}

const ask = async <T>(path: string): Promise<T> => {
  const { status, body } = await customer.admin.get<T>(`/statistics/${path}`);
  expect([status, body]).toMatchObject([200, {}]);
  return body;
};
const groups = async (path: string, ...members: string[]) =>
  (await ask<List>(path)).items.map((item) => members.map((member) => item[member]));

describe('groups', () => {
  it('come by the figure that is asked for, so that the largest are not cut off', async () => {
    const { items } = await ask<List>('models?sort=tokens_total&limit=1');
    const all = (await ask<List>('models')).items.map((item) => item.tokens_total);
    expect(items.map((item) => item.tokens_total)).toEqual([Math.max(...all)]);
    expect((await groups('users?sort=errors&limit=1', 'user', 'client_error'))[0]).toEqual(['', 1]);
    const slow = (await ask<List>('users?sort=percentile&percentiles=95')).items;
    const latencies = slow.map((item) => item.latency_ms_percentiles['95'] ?? -1);
    expect(latencies).toEqual(latencies.toSorted((one, other) => other - one));
    expect((await customer.admin.get<AdminErrorBody>('/statistics/users?sort=name')).status).toBe(422);
  });
});

describe('the summary', () => {
  it('counts every request of today to the last one', async () => {
    const { total } = await ask<Summary>('summary');
    expect(total).toMatchObject({ requests: 5, success: 4, client_error: 1, success_rate: 0.8 });
  });

  it('has the bytes and tokens that the platform and the clients saw', async () => {
    const { total } = await ask<Summary>('summary');
    const answered = await Promise.all(customer.platform.requests.map((seen) => seen.answered));
    const sum = (of: (one: (typeof answered)[number]) => number | null) =>
      answered.reduce((all, one) => all + (of(one) ?? 0), 0);
    expect(total.tokens_in).toBe(sum((one) => one.usage.tokens_in));
    expect(total.tokens_in).toBeGreaterThan(0);
    expect(total.tokens_out).toBe(sum((one) => one.usage.tokens_out));
  });

  it('tells its range, in the zone of the counters, and what it covers', async () => {
    const { start_time, end_time, covered, time_zone } = await ask<Summary>('summary');
    expect(time_zone).not.toBe('');
    expect(Date.parse(end_time)).toBeGreaterThan(Date.parse(start_time));
    expect(Date.parse(covered?.start_time ?? '')).toBeGreaterThanOrEqual(Date.parse(start_time));
  });

  it('has the percentiles that are asked for, in order of size', async () => {
    const { total } = await ask<Summary>('summary?percentiles=0,50,99.9');
    const { 0: least = 0, 50: middle = 0, 99.9: most = 0 } = total.latency_ms_percentiles;
    expect(Object.keys(total.latency_ms_percentiles).sort()).toEqual(['0', '50', '99.9']);
    expect([least, middle, most]).toEqual([least, middle, most].sort((a, b) => Number(a) - Number(b)));
    expect(least).toBeGreaterThan(0);
  });

  it('is empty where nothing was counted', async () => {
    const { total, covered } = await ask<Summary>(
      'summary?start_time=2020-01-01T00:00:00Z&end_time=2020-02-01T00:00:00Z',
    );
    expect([total.requests, total.success_rate, total.latency_ms_mean, covered]).toEqual([
      0,
      null,
      null,
      null,
    ]);
  });
});

/** What is asked for, its members that are looked at, and their values. */
const GROUPS: [string, string[], unknown[][]][] = [
  [
    'users',
    ['user', 'name', 'requests'],
    [
      ['usr_1', 'Alice', 3],
      ['usr_2', null, 1],
      ['', null, 1],
    ],
  ],
  [
    'keys',
    ['key', 'name', 'requests'],
    [
      ['key_1', 'laptop', 3],
      ['key_2', null, 1],
      ['', null, 1],
    ],
  ],
  [
    'channels',
    ['channel', 'name', 'success'],
    [
      ['ch_1', 'OpenAI', 4],
      ['', null, 0],
    ],
  ],
  ['endpoints', ['endpoint', 'requests'], [['/v1/chat/completions', 5]]],
  [
    'protocols',
    ['protocol', 'requests'],
    [
      ['http', 4],
      ['sse', 1],
    ],
  ],
  [
    'outcomes',
    ['outcome', 'requests'],
    [
      ['success', 4],
      ['client_error', 1],
    ],
  ],
  ['errors', ['outcome', 'error', 'requests'], [['client_error', 'invalid_proxy_key', 1]]],
];

describe('a grouping', () => {
  it.each(GROUPS)(
    'by %s has the names beside the ids, most requests first',
    async (path, members, expected) => {
      expect((await groups(path, ...members)).sort()).toEqual(expected.sort());
    },
  );

  it('adds up to its total, and says how many groups there are beyond its limit', async () => {
    const all = await ask<List>('users');
    const first = await ask<List>('users?limit=1');
    expect(all.items.reduce((sum, item) => sum + item.requests, 0)).toBe(all.total.requests);
    expect([first.items.length, first.count, first.total.requests]).toEqual([1, 3, 5]);
    expect(first.items[0]?.user).toBe('usr_1');
  });

  it('by errors leaves successes out of its total', async () => {
    expect((await ask<List>('errors')).total.requests).toBe(1);
    expect((await ask<List>('errors?outcome=success')).items).toEqual([]);
  });

  it.each([
    ['user=usr_1', 3],
    ['user=usr_1&user=usr_2', 4],
    ['user=', 1],
    ['key=key_2', 1],
    ['channel=ch_1', 4],
    ['protocol=sse', 1],
    ['outcome=success', 4],
    ['error=invalid_proxy_key', 1],
    ['endpoint=%2Fv1%2Fchat%2Fcompletions&user=usr_2', 1],
    ['user=nobody', 0],
  ])('is narrowed by %s', async (filter, requests) => {
    expect((await ask<Summary>(`summary?${filter}`)).total.requests).toBe(requests);
  });

  it('by period has the start of each in the zone of the counters', async () => {
    const { items } = await ask<List>('users?granularity=day&user=usr_1');
    expect(items).toHaveLength(1);
    expect(items[0]?.period).toMatch(/^\d{4}-\d\d-\d\dT00:00:00[+-]\d\d:\d\d$/);
  });
});

describe('the timeline', () => {
  interface Timeline extends Summary {
    readonly granularity: string;
    readonly items: readonly (UsageFigures & { readonly period: string })[];
  }

  it('has every hour of the day so far, those without requests too', async () => {
    const { granularity, items, total, start_time, end_time } = await ask<Timeline>('timeline');
    expect(granularity).toBe('hour');
    const hours = Math.ceil((Date.parse(end_time) - Date.parse(start_time)) / 3_600_000);
    expect(items).toHaveLength(hours);
    expect(items.reduce((sum, item) => sum + item.requests, 0)).toBe(total.requests);
    expect(total.requests).toBe(5);
  });

  it('takes days for some months and months for years', async () => {
    const end = new Date().toISOString();
    const since = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const months = await ask<Timeline>(`timeline?start_time=${since(60)}&end_time=${end}`);
    const years = await ask<Timeline>(`timeline?start_time=${since(800)}&end_time=${end}`);
    expect([months.granularity, years.granularity]).toEqual(['day', 'month']);
    expect(months.items).toHaveLength(61);
    expect(months.items.at(-1)?.requests).toBe(5);
    expect(years.items.length).toBeGreaterThan(25);
  });
});

describe('a question that makes no sense is refused', () => {
  it.each([
    ['summary?start_time=2026-02-01T00:00:00Z&end_time=2026-01-01T00:00:00Z', 'end_time'],
    ['summary?start_time=2026-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z', 'end_time'],
    ['summary?start_time=2000-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z', 'start_time'],
    ['summary?start_time=2026-01-01', 'start_time'],
    [
      'timeline?granularity=hour&start_time=2024-01-01T00:00:00Z&end_time=2026-01-01T00:00:00Z',
      'granularity',
    ],
    ['users?granularity=week', 'granularity'],
    ['users?limit=0', 'limit'],
    ['users?limit=10001', 'limit'],
    ['users?percentiles=101', 'percentiles'],
    ['users?percentiles=fifty', 'percentiles'],
    ['users?percentiles=50,', 'percentiles'],
    ['export?by=week', 'by'],
    ['export?by=user,user', 'by'],
    ['export?by=hour,day', 'by'],
    ['export?by=user&format=xls', 'format'],
    ['export', 'by'],
  ])('%s', async (path, param) => {
    const { status, body } = await customer.admin.get<AdminErrorBody>(`/statistics/${path}`);
    expect([status, body.error.code, body.error.param?.split('.')[0]]).toEqual([
      422,
      'validation_failed',
      param,
    ]);
  });
});

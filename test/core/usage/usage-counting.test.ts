import { describe, expect, it } from 'vitest';
import type { CountedHour } from '../../../src-main/core/usage/counted-rows.ts';
import { UsageCounting } from '../../../src-main/core/usage/usage-counting.ts';
import type { UsageRow } from '../../support/counted-rows.ts';
import { rowsOf } from '../../support/counted-rows.ts';
import { aRecord } from '../../support/request-record.ts';

function counting(models: readonly string[] = [], timeZone = 'UTC'): UsageCounting {
  const made = new UsageCounting();
  made.configure({ timeZone, models });
  return made;
}

function drained(from: UsageCounting): readonly UsageRow[] {
  const rows: UsageRow[] = [];
  const stop = from.onDrained((hours) => rows.push(...hours.flatMap(rowsOf)));
  from.drain();
  stop();
  return rows;
}

const rowsIn = (hours: readonly CountedHour[]): number => hours.reduce((sum, { rows }) => sum + rows, 0);
const modelsOf = (rows: readonly UsageRow[]): string[] =>
  rows.map(({ dimensions }) => dimensions.model).sort();

describe('counting', () => {
  it('adds requests of the same dimensions up in one row', () => {
    const counter = counting();
    counter.add(aRecord({ latency_ms: 10, tokens_in: 5 }));
    counter.add(aRecord({ latency_ms: 20.5, tokens_in: null }));
    const [row, ...others] = drained(counter);
    expect(others).toEqual([]);
    expect(row?.sums).toMatchObject({ requests: 2, latency_us: 30_500, tokens_in: 5, bytes_in: 200 });
    expect(row?.dimensions).toMatchObject({ user: 'alice', key: 'key_1', error: '', outcome: 'success' });
  });

  it('starts anew when it is drained', () => {
    const counter = counting();
    counter.add(aRecord());
    expect(rowsIn(counter.drain())).toBe(1);
    expect(counter.drain()).toEqual([]);
  });

  it('counts a request in the hour in which it ended', () => {
    const counter = counting();
    const beforeTheHour = Date.UTC(2026, 0, 15, 11, 59, 59);
    counter.add(aRecord({ time: beforeTheHour, latency_ms: 999.999 }));
    counter.add(aRecord({ time: beforeTheHour, latency_ms: 1000 }));
    counter.add(aRecord({ time: beforeTheHour, latency_ms: 999 }));
    const hours = counter.drain().map(({ startMs, sums }) => [new Date(startMs).getUTCHours(), sums[0]]);
    expect(hours).toEqual([
      [11, 2],
      [12, 1],
    ]);
  });

  it('counts nothing for amounts that are none', () => {
    const counter = counting();
    counter.add(
      aRecord({ latency_ms: Number.NaN, tokens_in: Number.NaN, cost: -1, seconds: Number.POSITIVE_INFINITY }),
    );
    expect(drained(counter)[0]?.sums).toMatchObject({
      requests: 1,
      latency_us: 0,
      tokens_in: 0,
      cost_nano: 0,
      seconds_us: 0,
    });
  });

  it('tells what has a price from what was used without one', () => {
    const counter = counting();
    const NOTHING = { tokens_in: null, tokens_out: null, cost: null };
    for (const members of [
      { ...NOTHING, cost: 0.25 },
      { ...NOTHING, cost: 0 },
      { ...NOTHING, tokens_in: 5 },
      { ...NOTHING, tokens_in: 5, outcome: 'aborted' as const },
      // Images: the platform does not say what they took.
      { ...NOTHING, endpoint: '/v1/images/generations' },
      { ...NOTHING, endpoint: '/v1/models', method: 'GET', model: null },
      { ...NOTHING, endpoint: '/v1/models/{model}', method: 'GET' },
      { ...NOTHING, outcome: 'client_error' as const },
    ])
      counter.add(aRecord({ ...members }));
    const sums = drained(counter).map((row) => row.sums);
    const total = (sum: 'priced' | 'unpriced') => sums.reduce((all, row) => all + row[sum], 0);
    expect([total('priced'), total('unpriced')]).toEqual([2, 3]);
  });

  it('adds up amounts exactly', () => {
    const counter = counting();
    for (let at = 0; at < 10; at++) counter.add(aRecord({ cost: 0.1, seconds: 0.000003 }));
    expect(drained(counter)[0]?.sums).toMatchObject({ cost_nano: 1_000_000_000, seconds_us: 30 });
  });

  it('goes on in the hours of another time zone when that is set', () => {
    const counter = counting([], 'Asia/Shanghai');
    counter.add(aRecord({ latency_ms: 0 }));
    counter.configure({ timeZone: 'Australia/Adelaide', models: [] });
    counter.add(aRecord({ latency_ms: 0 }));
    const hours = counter
      .drain()
      .map(({ startMs, timeZone }) => [new Date(startMs).toISOString().slice(11, 16), timeZone]);
    expect(hours).toEqual([
      ['12:00', 'Asia/Shanghai'],
      ['11:30', 'Australia/Adelaide'],
    ]);
  });
});

describe('what clients and platforms may name', () => {
  it('is not told apart where a model is configured nowhere and its request failed', () => {
    const counter = counting(['gpt-*']);
    for (const outcome of ['gateway_error', 'client_error', 'platform_error', 'aborted'] as const) {
      counter.add(aRecord({ model: `made-up-${outcome}`, outcome, error_code: 'x' }));
    }
    counter.add(aRecord({ model: 'gpt-5', outcome: 'platform_error' }));
    counter.add(aRecord({ model: 'unlisted', outcome: 'success' }));
    expect(modelsOf(drained(counter))).toEqual(['gpt-5', 'other', 'other', 'other', 'other', 'unlisted']);
  });

  it('makes at most 1,000 models, 200 errors and 500 endpoints an hour', () => {
    const counter = counting();
    for (let at = 0; at < 3_000; at++) counter.add(aRecord({ model: `m${at}` }));
    for (let at = 0; at < 3_000; at++)
      counter.add(aRecord({ error_code: `e${at}`, outcome: 'platform_error' }));
    for (let at = 0; at < 3_000; at++) counter.add(aRecord({ endpoint: `/e${at}`, model: null }));
    const rows = drained(counter);
    const different = (dimension: 'model' | 'error' | 'endpoint'): number =>
      new Set(rows.map(({ dimensions }) => dimensions[dimension])).size;
    expect(different('model')).toBeLessThanOrEqual(1_002);
    expect(different('error')).toBe(202);
    expect(different('endpoint')).toBeLessThanOrEqual(501);
    expect(rows.reduce((sum, { sums }) => sum + sums.requests, 0)).toBe(9_000);
  });

  it('is data, however hostile it is', () => {
    const counter = counting();
    const hostile = ['__proto__', 'constructor', 'a\u0000b', '\ud800', '', 'x'.repeat(10_000)];
    for (const model of hostile) counter.add(aRecord({ model }));
    counter.add(aRecord({ error_code: 'no\ncode', outcome: 'platform_error' }));
    const rows = drained(counter);
    expect(modelsOf(rows).slice(0, 1)).toEqual(['']);
    expect(rows.map(({ dimensions }) => dimensions.model)).toEqual([
      '__proto__',
      'constructor',
      'a\u0000b',
      '\ud800',
      '',
      'other',
      'other',
    ]);
    expect(rows.at(-1)?.dimensions.error).toBe('other');
    expect(rows.reduce((sum, { sums }) => sum + sums.requests, 0)).toBe(7);
  });

  it('keeps rows apart whose names only look the same when they are joined', () => {
    const counter = counting();
    counter.add(aRecord({ endpoint: '/a', error_code: 'b', model: 'c', outcome: 'success' }));
    counter.add(aRecord({ endpoint: '/ab', error_code: null, model: 'c', outcome: 'success' }));
    counter.add(aRecord({ endpoint: '/a', error_code: null, model: 'bc', outcome: 'success' }));
    expect(drained(counter)).toHaveLength(3);
  });

  it('asks to be drained when many rows have come together', () => {
    const counter = counting();
    let asked = 0;
    counter.onManyRows(() => {
      asked += 1;
    });
    for (let at = 0; at < 6_000; at++) counter.add(aRecord({ user: `u${at}` }));
    expect(asked).toBe(1);
    expect(rowsIn(counter.drain())).toBe(6_000);
  });
});

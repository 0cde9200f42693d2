import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, PROTOCOLS, type RequestRecord } from '../../src-main/contract/request-record.ts';
import { requestLine } from '../../src-main/core/request-line.ts';
import { aRecord } from '../support/request-record.ts';

/** Any string there can be, lone surrogates, control characters and line separators among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('😀 张三', '\ud800', '\udfff"', '\u2028\u2029\u0085', '"\\', '\n\r\t\0', ''),
);
const anyTextOrNone = fc.option(anyText, { nil: null });
const anyCount = fc.option(fc.nat(), { nil: null });
const anyMs = fc.integer({ min: 0, max: 2 ** 40 }).map((us) => us / 1000);

const anyRecord: fc.Arbitrary<RequestRecord> = fc.record({
  v: fc.constant(1 as const),
  time: fc.integer({ min: 0, max: Date.UTC(9999, 0) }),
  request_id: anyText,
  user: anyTextOrNone,
  key_id: anyTextOrNone,
  channel: anyTextOrNone,
  dialect: anyText,
  endpoint: anyText,
  method: anyText,
  path: anyText,
  protocol: fc.constantFrom(...PROTOCOLS),
  status: fc.integer({ min: 100, max: 599 }),
  outcome: fc.constantFrom(...OUTCOMES),
  error_code: anyTextOrNone,
  error_message: anyTextOrNone,
  latency_ms: anyMs,
  ttfb_ms: fc.option(anyMs, { nil: null }),
  bytes_in: fc.maxSafeNat(),
  bytes_out: fc.maxSafeNat(),
  model: anyTextOrNone,
  client: anyText,
  attempts: fc.nat(10),
  tokens_in: anyCount,
  tokens_out: anyCount,
  tokens_cached: anyCount,
  tokens_reasoning: anyCount,
  characters: anyCount,
  seconds: anyCount,
  cost: anyCount,
});

describe('a line of the request log', () => {
  it('holds every member of the record as it was, whatever its strings hold', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const read = JSON.parse(requestLine(record));
        expect(read).toEqual({ ...record, time: new Date(record.time).toISOString() });
      }),
    );
  });

  it('is one line of valid UTF-8 for every program that splits lines or obeys control characters', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = requestLine(record);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(Buffer.from(line).toString()).toBe(line);
      }),
    );
  });

  it('names its members in the order of the contract', () => {
    const order =
      'v time request_id user key_id channel dialect endpoint method path protocol status outcome error_code';
    const rest = 'error_message latency_ms ttfb_ms bytes_in bytes_out model';
    const last =
      'tokens_in tokens_out tokens_cached tokens_reasoning characters seconds cost client attempts';
    expect(Object.keys(JSON.parse(requestLine(aRecord()))).join(' ')).toBe(`${order} ${rest} ${last}`);
  });

  it('gives the time with milliseconds in UTC, also for records that come out of order', () => {
    const timeOf = (time: number) => JSON.parse(requestLine(aRecord({ time }))).time;
    const second = Date.UTC(2026, 1, 3, 4, 5, 6);
    expect(timeOf(second + 7)).toBe('2026-02-03T04:05:06.007Z');
    expect(timeOf(second - 1)).toBe('2026-02-03T04:05:05.999Z');
    expect(timeOf(second + 70)).toBe('2026-02-03T04:05:06.070Z');
    expect(timeOf(second + 1700)).toBe('2026-02-03T04:05:07.700Z');
  });

  it('rounds durations to the microsecond', () => {
    const line = requestLine(aRecord({ latency_ms: 1234.56789, ttfb_ms: 0.0012 }));
    expect(JSON.parse(line)).toMatchObject({ latency_ms: 1234.568, ttfb_ms: 0.001 });
  });

  it('stays readable when a bug measured nonsense', () => {
    const nonsense = { latency_ms: Number.NaN, bytes_in: Number.POSITIVE_INFINITY, ttfb_ms: -1 };
    expect(JSON.parse(requestLine(aRecord(nonsense)))).toMatchObject({
      latency_ms: null,
      bytes_in: null,
      ttfb_ms: null,
    });
  });

  it('is bounded, however long the names are that a client sends', () => {
    const line = requestLine(
      aRecord({ model: 'm'.repeat(1_000_000), error_message: '\u0000'.repeat(1_000_000) }),
    );
    expect(line.length).toBeLessThan(20_000);
    expect(JSON.parse(line).model).toBe(`${'m'.repeat(2048)}...`);
  });
});

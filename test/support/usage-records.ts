import fc from 'fast-check';
import { OUTCOMES, PROTOCOLS } from '../../src-main/contract/request-record.ts';
import type { UsageQuestion } from '../../src-main/core/control-ports.ts';
import type { CountableRecord } from '../../src-main/core/usage/usage-counting.ts';

/** Noon UTC on the day these records begin. */
export const USAGE_NOON = Date.UTC(2026, 9, 24, 12);
const DAY_MS = 86_400_000;

const amount = fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null });
/** Names as configurations, clients and platforms may write them, the hostile ones among them. */
const name = fc.constantFrom(
  'alice',
  'bob',
  '__proto__',
  'constructor',
  'a\nb',
  'toString',
  'ü "quoted"',
  '=1+1',
);

/** A finished request within two days around a change of the clocks in Europe. */
export const countableRecord: fc.Arbitrary<CountableRecord> = fc.record({
  time: fc.integer({ min: USAGE_NOON, max: USAGE_NOON + 2 * DAY_MS }),
  latency_ms: fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1000),
  ttfb_ms: fc.option(
    fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1000),
    { nil: null },
  ),
  method: fc.constantFrom('POST', 'GET'),
  user: fc.option(name, { nil: null }),
  key_id: fc.option(name, { nil: null }),
  channel: fc.option(name, { nil: null }),
  endpoint: fc.constantFrom('/v1/chat/completions', '/v1/embeddings', '{refused}'),
  model: fc.option(name, { nil: null }),
  protocol: fc.constantFrom(...PROTOCOLS),
  outcome: fc.constantFrom(...OUTCOMES),
  error_code: fc.option(fc.constantFrom('rate_limited', 'insufficient_quota', 'x'), { nil: null }),
  bytes_in: fc.integer({ min: 0, max: 1_000_000 }),
  bytes_out: fc.integer({ min: 0, max: 1_000_000 }),
  tokens_in: amount,
  tokens_out: amount,
  tokens_cached: amount,
  tokens_reasoning: amount,
  characters: amount,
  seconds: fc.option(
    fc.integer({ min: 0, max: 100_000_000 }).map((us) => us / 1e6),
    { nil: null },
  ),
  cost: fc.option(
    fc.integer({ min: 0, max: 1_000_000_000_000 }).map((nano) => nano / 1e9),
    { nil: null },
  ),
});

/** Everything that was counted, as one sum, with whatever a test wants otherwise. */
export function aQuestion(members: Partial<UsageQuestion> = {}): UsageQuestion {
  return {
    fromMs: 0,
    untilMs: Number.MAX_SAFE_INTEGER,
    by: [],
    granularity: null,
    where: {},
    percentiles: [],
    ...members,
  };
}

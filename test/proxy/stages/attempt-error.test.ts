import { describe, expect, it } from 'vitest';
import { ProxyError } from '../../../src-main/contract/errors.ts';
import type { UpstreamError } from '../../../src-main/core/ports.ts';
import {
  attemptError,
  CONNECT_BUDGET_MS,
  type RetryRules,
  retriesError,
  retriesStatus,
  retryDelayMs,
} from '../../../src-main/proxy/stages/attempt-error.ts';

const RULES: RetryRules = {
  attempts: 1,
  maxRetries: 3,
  repeatable: true,
  elapsedMs: 0,
  connectTimeoutMs: 4_000,
};
const failure = (kind: UpstreamError['kind'], cause?: unknown): UpstreamError => ({
  kind,
  reason: 'a reason',
  cause,
});

describe('what the client is told about a platform that failed', () => {
  it.each([
    ['connect', 'upstream_unreachable', 502],
    ['reset', 'upstream_unreachable', 502],
    ['refused_address', 'upstream_unreachable', 502],
    ['aborted', 'upstream_unreachable', 502],
    ['protocol', 'upstream_protocol_error', 502],
    ['request_body', 'bad_request', 400],
  ] as const)('follows the kind of failure: %s', (kind, code, status) => {
    expect(attemptError(failure(kind))).toMatchObject({ code, status });
  });

  it('is the refusal itself where the gateway ended the request body', () => {
    const tooLarge = new ProxyError('request_too_large', 'too large');
    expect(attemptError(failure('request_body', tooLarge))).toBe(tooLarge);
  });
});

describe('a failed attempt', () => {
  it.each([
    ['connect', true],
    ['reset', true],
    ['protocol', false],
    ['refused_address', false],
    ['request_body', false],
    ['aborted', false],
  ] as const)('is made again by its kind: %s', (kind, again) => {
    expect(retriesError(failure(kind), RULES)).toBe(again);
  });

  it.each([
    ['a channel without retries', { maxRetries: 0 }],
    ['as often as allowed already', { attempts: 4 }],
    ['a body that cannot be sent twice', { repeatable: false }],
  ])('is not made again: %s', (_, rules) => {
    expect(retriesError(failure('reset'), { ...RULES, ...rules })).toBe(false);
    expect(retriesStatus(503, { ...RULES, ...rules })).toBe(false);
  });

  it('to connect is made again only where the next one would end within the budget of all', () => {
    const last = CONNECT_BUDGET_MS - RULES.connectTimeoutMs - retryDelayMs(1);
    expect(retriesError(failure('connect'), { ...RULES, elapsedMs: last })).toBe(true);
    expect(retriesError(failure('connect'), { ...RULES, elapsedMs: last + 1 })).toBe(false);
  });

  it.each([
    [500, false],
    [502, true],
    [503, true],
    [504, true],
    [429, false],
    [404, false],
    [200, false],
  ])('with an answer is made again by its status: %s', (status, again) => {
    expect(retriesStatus(status, RULES)).toBe(again);
  });

  it('waits twice as long each time, up to 2 s', () => {
    expect([1, 2, 3, 4, 5, 6, 10].map(retryDelayMs)).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
  });
});

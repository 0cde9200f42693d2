import { describe, expect, test } from 'vitest';
import { ERROR_STATUS } from '../../../src-main/contract/errors.ts';
import type { Outcome } from '../../../src-main/contract/request-record.ts';
import { ERROR_REASONS_EN, ERROR_REASONS_ZH, errorReasonOf } from '../../../src-renderer/ui/error-reasons.ts';

describe('the reasons of errors', () => {
  test('explain every code of AIProxy, and say what to do, in both languages', () => {
    const wanted = Object.keys(ERROR_STATUS).flatMap((code) => [code, `${code}_hint`]);
    expect(Object.keys(ERROR_REASONS_EN)).toEqual(expect.arrayContaining(wanted));
    expect(Object.keys(ERROR_REASONS_ZH).sort()).toEqual(Object.keys(ERROR_REASONS_EN).sort());
    const texts = [...Object.values(ERROR_REASONS_EN), ...Object.values(ERROR_REASONS_ZH)];
    expect(texts.filter((text) => !/[.。]$/.test(text))).toEqual([]);
  });

  test.each<[string | null, Outcome, number | undefined, string]>([
    ['upstream_timeout', 'platform_error', 504, 'upstream_timeout'],
    ['insufficient_quota', 'client_error', 429, 'platform_quota'],
    ['Arrearage', 'client_error', 400, 'platform_quota'],
    ['rate_limit_error', 'client_error', 429, 'platform_rate'],
    ['Throttling.RateQuota', 'client_error', 429, 'platform_rate'],
    ['RESOURCE_EXHAUSTED', 'client_error', 429, 'platform_rate'],
    ['InvalidApiKey', 'client_error', 401, 'platform_key'],
    ['PERMISSION_DENIED', 'client_error', 403, 'platform_key'],
    ['model_not_found', 'client_error', 404, 'platform_model'],
    ['DataInspectionFailed', 'client_error', 400, 'platform_content'],
    ['overloaded_error', 'platform_error', 529, 'platform_busy'],
    ['context_length_exceeded', 'client_error', 400, 'platform_request'],
    ['invalid_request_error', 'client_error', 400, 'platform_request'],
    [null, 'client_error', 401, 'platform_key'],
    [null, 'client_error', 402, 'platform_quota'],
    [null, 'client_error', 404, 'platform_model'],
    [null, 'client_error', 429, 'platform_rate'],
    [null, 'platform_error', undefined, 'platform_busy'],
    ['whatever', 'client_error', undefined, 'platform_request'],
    [null, 'aborted', 499, 'client_left'],
    [null, 'partial', 200, 'stream_cut'],
  ])('are found for %s (%s, %s): %s', (error_code, outcome, status, reason) => {
    const signs = { error_code, outcome, ...(status === undefined ? {} : { status }) };
    expect(errorReasonOf(signs)).toBe(reason);
  });
});

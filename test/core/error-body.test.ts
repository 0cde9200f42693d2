import { describe, expect, it } from 'vitest';
import { ERROR_STATUS, type ErrorCode, ProxyError } from '../../src-main/contract/errors.ts';
import type { Dialect } from '../../src-main/core/dialect.ts';
import { errorBody } from '../../src-main/core/error-body.ts';

const body = (dialect: Dialect, code: ErrorCode): unknown =>
  JSON.parse(errorBody(dialect, new ProxyError(code, 'a "message"'), 'req_1'));

describe('an error in the OpenAI dialect', () => {
  it.each([
    ['invalid_proxy_key', 'authentication_error'],
    ['user_disabled', 'permission_error'],
    ['rate_limited', 'rate_limit_error'],
    ['bad_request', 'invalid_request_error'],
    ['no_channel', 'invalid_request_error'],
    ['upstream_timeout', 'server_error'],
  ] as const)('%s', (code, type) => {
    const error = { message: 'a "message"', type, param: null, code };
    for (const dialect of ['openai', 'azure', 'raw'] as const) expect(body(dialect, code)).toEqual({ error });
  });
});

describe('an error in the Anthropic dialect', () => {
  it.each([
    ['invalid_proxy_key', 'authentication_error'],
    ['ip_not_allowed', 'permission_error'],
    ['no_channel', 'not_found_error'],
    ['request_too_large', 'request_too_large'],
    ['quota_exceeded', 'rate_limit_error'],
    ['bad_request', 'invalid_request_error'],
    ['internal_error', 'api_error'],
    ['upstream_unreachable', 'api_error'],
    ['draining', 'overloaded_error'],
    ['upstream_timeout', 'timeout_error'],
  ] as const)('%s', (code, type) => {
    expect(body('anthropic', code)).toEqual({
      type: 'error',
      error: { type, message: 'a "message"' },
      request_id: 'req_1',
    });
  });
});

describe('an error in the Gemini dialect', () => {
  it.each([
    ['bad_request', 400, 'INVALID_ARGUMENT'],
    ['missing_proxy_key', 401, 'UNAUTHENTICATED'],
    ['model_not_permitted', 403, 'PERMISSION_DENIED'],
    ['no_channel', 404, 'NOT_FOUND'],
    ['conflict', 409, 'ABORTED'],
    ['method_not_allowed', 405, 'FAILED_PRECONDITION'],
    ['rate_limited', 429, 'RESOURCE_EXHAUSTED'],
    ['internal_error', 500, 'INTERNAL'],
    ['upstream_unreachable', 502, 'UNAVAILABLE'],
    ['upstream_timeout', 504, 'DEADLINE_EXCEEDED'],
  ] as const)('%s', (code, status, name) => {
    expect(body('gemini', code)).toEqual({ error: { code: status, message: 'a "message"', status: name } });
  });
});

describe('an error in the DashScope dialect', () => {
  it.each([
    ['missing_proxy_key', 'InvalidApiKey'],
    ['invalid_proxy_key', 'InvalidApiKey'],
    ['bad_request', 'InvalidParameter'],
    ['rate_limited', 'Throttling.RateQuota'],
    ['quota_exceeded', 'Throttling.AllocationQuota'],
    ['upstream_unreachable', 'UpstreamUnreachable'],
  ] as const)('%s', (code, name) => {
    expect(body('dashscope', code)).toEqual({ code: name, message: 'a "message"', request_id: 'req_1' });
  });
});

it('every code has a body in every dialect', () => {
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  for (const dialect of ['openai', 'anthropic', 'gemini', 'dashscope', 'azure', 'raw'] as const) {
    for (const code of codes) expect(JSON.stringify(body(dialect, code))).toContain('message');
  }
});

import { describe, expect, test } from 'vitest';
import { failureOf, unreachable } from '../../../src-renderer/api/failure.ts';

const answered = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers });

describe('an answer that is no success', () => {
  test('tells its code, its words and the fields that were refused', () => {
    const issues = [{ path: 'name', message: 'is too long' }];
    const body = { error: { code: 'validation_failed', message: 'No.', issues } };
    expect(failureOf(answered(422), body)).toMatchObject({
      code: 'validation_failed',
      status: 422,
      message: 'No.',
      issues,
      affected: null,
      current: null,
    });
  });

  test('tells the record as it is now, and its version', () => {
    const body = { error: { code: 'precondition_failed', message: 'Changed.', current: { id: 'ann' } } };
    expect(failureOf(answered(412, { etag: '"7"' }), body)).toMatchObject({
      current: { id: 'ann' },
      etag: '"7"',
    });
  });

  test('tells what a deletion would affect', () => {
    const body = { error: { code: 'conflict', message: 'Used.', affected: { proxy_keys: ['k'] } } };
    expect(failureOf(answered(409), body).affected).toEqual({ proxy_keys: ['k'] });
  });

  test('tells how long to wait', () => {
    expect(failureOf(answered(429, { 'retry-after': '30' }), null).retryAfterS).toBe(30);
  });

  test.each([null, 'text', 17, {}, { error: null }, { error: 'x' }, []])(
    'is told even where its body is %j',
    (body) => {
      expect(failureOf(answered(502), body)).toMatchObject({
        code: 'internal_error',
        status: 502,
        message: 'AIProxy answered with status 502.',
        issues: [],
      });
    },
  );

  test('is told apart from no answer at all', () => {
    expect(unreachable()).toMatchObject({ code: 'unreachable', status: 0 });
  });
});

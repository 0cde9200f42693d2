import { describe, expect, test } from 'vitest';
import { withLimit, withNewQuota, withoutQuota, withQuotaMember } from '../../../src-renderer/ui/limits.ts';

describe('limits in a form', () => {
  test('are left out of the record once nothing is limited', () => {
    const limited = withLimit(undefined, 'concurrency', 3);
    expect(limited).toEqual({ concurrency: 3 });
    expect(withLimit(limited, 'concurrency', null)).toBe(undefined);
    expect(withLimit({ concurrency: 3, burst: 2 }, 'concurrency', null)).toEqual({ burst: 2 });
  });

  test('keep members that the form does not know', () => {
    expect(withLimit({ later: 1 }, 'burst', null)).toEqual({ later: 1 });
    const quota = [{ per: 'day' as const, later: 1 }];
    expect(withQuotaMember({ quota }, 0, 'tokens', 5)).toEqual({ quota: [{ ...quota[0], tokens: 5 }] });
  });

  test('have quotas that are added, filled in and removed one by one', () => {
    const one = withQuotaMember(withNewQuota(undefined), 0, 'tokens', 100);
    expect(one).toEqual({ quota: [{ per: 'month', tokens: 100 }] });
    const two = withQuotaMember(withNewQuota(one), 1, 'per', 'day');
    expect(two).toEqual({ quota: [{ per: 'month', tokens: 100 }, { per: 'day' }] });
    expect(withoutQuota(two, 0)).toEqual({ quota: [{ per: 'day' }] });
    expect(withoutQuota(withoutQuota(two, 0), 0)).toBe(undefined);
    expect(withQuotaMember(one, 0, 'tokens', null)).toEqual({ quota: [{ per: 'month' }] });
  });
});

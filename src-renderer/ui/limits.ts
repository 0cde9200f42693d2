import type { Limits } from '../../src-main/contract/document.ts';

/** What one quota allows within its period. */
export type Quota = NonNullable<Limits['quota']>[number];

/** The limits that are a single figure, in the order in which a form shows them. */
export const LIMIT_NAMES = ['requests_per_minute', 'burst', 'tokens_per_minute', 'concurrency'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** The figures of a quota, in the order in which a form shows them. */
export const QUOTA_FIGURES = ['requests', 'tokens', 'cost'] as const;
export type QuotaFigure = (typeof QUOTA_FIGURES)[number];

/** Limits that limit nothing are left out of the record. */
const orNone = (limits: Limits): Limits | undefined =>
  Object.keys(limits).length === 0 ? undefined : limits;

function withMember<T extends object>(record: T, name: keyof T, value: unknown): T {
  const { [name]: _, ...others } = record;
  // The member is the record's own; without a value it is left out.
  return (value === undefined ? others : { ...record, [name]: value }) as T;
}

/** The same limits with another figure; `null` takes it away. */
export const withLimit = (limits: Limits = {}, name: LimitName, figure: number | null): Limits | undefined =>
  orNone(withMember(limits, name, figure ?? undefined));

const withQuotas = (limits: Limits, quotas: readonly Quota[]): Limits | undefined =>
  orNone(withMember(limits, 'quota', quotas.length === 0 ? undefined : [...quotas]));

/** The same limits with one more quota, which still has to be filled in. */
export const withNewQuota = (limits: Limits = {}): Limits | undefined =>
  withQuotas(limits, [...(limits.quota ?? []), { per: 'month' }]);

/** The same limits without the quota at this place. */
export const withoutQuota = (limits: Limits = {}, index: number): Limits | undefined =>
  withQuotas(limits, (limits.quota ?? []).toSpliced(index, 1));

/** The same limits with another member of the quota at this place; `null` takes it away. */
export function withQuotaMember(
  limits: Limits = {},
  index: number,
  name: QuotaFigure | 'per',
  value: number | string | null,
): Limits | undefined {
  const quotas = limits.quota ?? [];
  return withQuotas(
    limits,
    quotas.map((quota, at) => (at === index ? withMember(quota, name, value ?? undefined) : quota)),
  );
}

import { describe, expect, it } from 'vitest';
import { migrate } from '../../src-main/core/migrations.ts';

const steps = {
  1: ({ people, ...root }: Readonly<Record<string, unknown>>) => ({ ...root, users: people }),
  2: (root: Readonly<Record<string, unknown>>) => ({ ...root, groups: {} }),
};

describe('a file of an older version', () => {
  it('is brought up step by step; what it was stays as it was', () => {
    const old = { version: 1, people: { a: {} } };
    expect(migrate(old, steps, 3)).toEqual({
      ok: true,
      changed: true,
      root: { version: 3, users: { a: {} }, groups: {} },
    });
    expect(old).toEqual({ version: 1, people: { a: {} } });
    expect(migrate({ version: 2, users: {} }, steps, 3)).toMatchObject({
      ok: true,
      root: { version: 3, groups: {} },
    });
  });

  it('is refused where a step is missing', () => {
    expect(migrate({ version: 1 }, {}, 2)).toMatchObject({ ok: false, newer: false });
  });
});

describe('a file of this version', () => {
  it('is taken as it is', () => {
    const root = { version: 1, users: {} };
    expect(migrate(root)).toEqual({ ok: true, changed: false, root });
  });
});

describe('a file of a newer version', () => {
  it('is refused, because what it means is not known', () => {
    expect(migrate({ version: 2 })).toEqual({
      ok: false,
      newer: true,
      reason: 'version 2 was written by a newer AIProxy; this one reads up to version 1',
    });
  });
});

describe('a version that is none', () => {
  it.each([0, -1, 1.5, '1', null, undefined])('%j is refused', (version) => {
    expect(migrate({ version })).toMatchObject({ ok: false, newer: false });
  });
});

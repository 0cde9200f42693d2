import { describe, expect, it } from 'vitest';
import type { PersonTexts } from '../../../src-main/core/people/people-columns.ts';
import { type PeopleOptions, planPeople } from '../../../src-main/core/people/plan-people.ts';
import { aDocument, aKey } from '../../support/document-fixtures.ts';

const DOCUMENT = aDocument({
  groups: {
    interns: { name: 'Interns', channels: ['main'] },
    twin1: { name: 'Twins' },
    twin2: { name: 'twins' },
    bare: {},
  },
  users: {
    ann: {
      name: 'Ann Li',
      contact: { email: 'ann@example.com', phone: '1' },
      group: 'interns',
      department: 'Sales',
    },
    bob: { name: 'Bob' },
    cat1: { name: 'Cat' },
    cat2: { name: 'Cat' },
    off: { name: 'Off', status: 'disabled' },
  },
  proxy_keys: { 'ann-1': aKey('ann', 'pk-ann-1') },
});

const OPTIONS: PeopleOptions = { group: null, makeGroups: false, update: true, keys: true, channels: [] };

type Listed = Partial<PersonTexts>;

const plan = (listed: readonly Listed[], options: Partial<PeopleOptions> = {}) =>
  planPeople(
    listed.map((texts, index) => ({
      row: index + 2,
      texts: { name: '', department: '', email: '', phone: '', group: '', ...texts },
    })),
    DOCUMENT,
    { ...OPTIONS, ...options },
  );

const only = (texts: Listed, options?: Partial<PeopleOptions>) => plan([texts], options).people[0];

describe('a row of a list of people', () => {
  it('adds somebody who is not there, with a key', () => {
    expect(only({ name: 'Dan', group: 'INTERNS' })).toMatchObject({
      fate: 'new',
      group: 'Interns',
      group_id: 'interns',
      key: true,
    });
  });

  it('changes somebody who is there, found by e-mail or by name', () => {
    expect(only({ name: 'Ann Lee', email: 'ANN@example.com', department: 'Sales' })).toMatchObject({
      fate: 'changed',
      user: 'ann',
      key: false,
      changes: [
        { member: 'name', before: 'Ann Li', after: 'Ann Lee' },
        { member: 'email', before: 'ann@example.com', after: 'ANN@example.com' },
      ],
    });
    expect(only({ name: 'bob', group: 'interns' }, { keys: false })).toMatchObject({
      fate: 'changed',
      user: 'bob',
      changes: [
        { member: 'name', before: 'Bob', after: 'bob' },
        { member: 'group', before: '', after: 'Interns' },
      ],
    });
  });

  it('leaves alone what it says nothing about, and what is so already', () => {
    expect(only({ name: 'Ann Li', email: 'ann@example.com', group: 'interns' })).toMatchObject({
      fate: 'same',
      user: 'ann',
      changes: [],
    });
    expect(only({ name: 'Ann Lee', email: 'ann@example.com' }, { update: false })).toMatchObject({
      fate: 'same',
    });
  });

  it('gives a key to whoever has none, but not to the disabled', () => {
    expect(only({ name: 'Bob' })).toMatchObject({ fate: 'same', key: true });
    expect(only({ name: 'Ann Li' })).toMatchObject({ fate: 'same', key: false });
    expect(only({ name: 'Off' })).toMatchObject({ fate: 'same', key: false });
  });

  it('means another person where the name is the same and the e-mail another', () => {
    expect(only({ name: 'Ann Li', email: 'other@example.com' })).toMatchObject({ fate: 'new', user: null });
  });

  it.each([
    [{ email: 'a@b.c' }, 'name_missing'],
    [{ name: 'x'.repeat(201) }, 'name_too_long'],
    [{ name: 'a\u0007b' }, 'name_invalid'],
    [{ name: 'Dan', email: 'dan at example' }, 'email_invalid'],
    [{ name: 'Dan', department: 'x'.repeat(255) }, 'text_too_long'],
    [{ name: 'Dan', group: 'Nobody' }, 'group_unknown'],
    [{ name: 'Dan', group: 'twins' }, 'group_ambiguous'],
    [{ name: 'Cat' }, 'user_ambiguous'],
  ] as const)('is a mistake: %o', (texts, code) => {
    expect(only(texts)).toMatchObject({ fate: 'mistake', key: false, reason: { code } });
  });
});

describe('a list of people', () => {
  it('says which row repeats which', () => {
    const { people } = plan([
      { name: 'Dan', email: 'dan@example.com' },
      { name: 'Daniel', email: 'Dan@example.com' },
      { name: 'dan' },
      { name: 'Dan', email: 'another@example.com' },
      { name: 'Eve' },
      { name: 'Eve', email: 'eve@example.com' },
    ]);
    expect(people.map(({ fate, reason }) => [fate, reason?.other_row ?? null])).toEqual([
      ['new', null],
      ['duplicate', 2],
      ['duplicate', 2],
      ['new', null],
      ['new', null],
      ['duplicate', 6],
    ]);
  });

  it('makes each unknown group once, if it may', () => {
    const listed = [
      { name: 'Dan', group: 'Tax' },
      { name: 'Eve', group: 'TAX' },
      { name: '', group: 'Never' },
    ];
    expect(plan(listed)).toMatchObject({ newGroups: [], unknownGroups: ['Tax'], counts: { mistake: 3 } });
    expect(plan(listed, { makeGroups: true })).toMatchObject({
      newGroups: ['Tax'],
      counts: { new: 2, mistake: 1, groups: 1, keys: 2, without_channels: 2 },
    });
  });

  it('puts new people into a group where their row names none', () => {
    const { people, counts } = plan([{ name: 'Dan' }, { name: 'Bob' }, { name: 'Eve', group: 'bare' }], {
      group: 'interns',
    });
    expect(people.map(({ group_id }) => group_id)).toEqual(['interns', null, 'bare']);
    expect(counts.without_channels).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { mergePatch } from '../../../src-renderer/api/merge-patch.ts';
import { NewUser, userOf, valuesOf } from '../../../src-renderer/features/users/user-form.ts';

/** What is sent where a form changes some of a user. */
function sent(user: Parameters<typeof valuesOf>[0], changed: Partial<ReturnType<typeof valuesOf>>) {
  const values = valuesOf(user);
  return mergePatch(userOf(values), userOf({ ...values, ...changed }));
}

describe('the form of a user', () => {
  test('begins a new one that is active and says nothing else', () => {
    expect(userOf(valuesOf({}))).toEqual({ status: 'active' });
  });

  test('sends nothing where nothing was changed, whatever the record leaves out', () => {
    for (const user of [
      {},
      { name: 'Ada', contact: { phone: '1' } },
      { channels: [] },
      { status: 'disabled' as const },
    ]) {
      expect(sent(user, {})).toEqual({});
    }
  });

  test('sends what was changed, and null for what was emptied', () => {
    const user = { name: 'Ada', department: 'Research', channels: ['one'], ip_allowlist: ['10.0.0.0/8'] };
    expect(sent(user, { department: ' ', name: ' Ada L. ' })).toEqual({ department: null, name: 'Ada L.' });
    expect(sent(user, { channels: undefined, ip_allowlist: [] })).toEqual({
      channels: null,
      ip_allowlist: null,
    });
    expect(sent(user, { channels: '*' })).toEqual({ channels: '*' });
  });

  test('keeps members of the contact that it has no field for', () => {
    const user = { contact: { email: 'ada@example.test', pager: '7' } };
    const contact = { ...valuesOf(user).contact, email: '' };
    expect(sent(user, { contact })).toEqual({ contact: { email: null } });
  });

  test('tells no channels from a choice that is still empty', () => {
    expect(userOf({ ...valuesOf({}), channels: [] })).toEqual({ status: 'active', channels: [] });
    expect(sent({ channels: [] }, { channels: undefined })).toEqual({ channels: null });
  });

  test('fits the contract, with an id that is given or not', () => {
    expect(NewUser.safeParse(userOf(valuesOf({}))).success).toBe(true);
    expect(NewUser.safeParse(userOf({ ...valuesOf({}), id: 'ada' })).success).toBe(true);
    expect(NewUser.safeParse(userOf({ ...valuesOf({}), id: 'a/b' })).success).toBe(false);
  });
});

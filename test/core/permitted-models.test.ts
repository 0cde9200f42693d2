import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedByAll,
  listsOfKey,
  listsOfUser,
  refusingOwner,
} from '../../src-main/core/permitted-models.ts';

const list = fc.option(fc.array(fc.constantFrom('a*', 'b*', 'ab', '*'), { maxLength: 2 }), {
  nil: undefined,
});
const holder = (models: string[] | undefined) => (models === undefined ? {} : { models });

const fits = (models: string[] | undefined, model: string): boolean =>
  models?.some((glob) => (glob.endsWith('*') ? model.startsWith(glob.slice(0, -1)) : glob === model)) ?? true;

describe('the models of a key, its user and the group', () => {
  it('are those that are in every list', () => {
    fc.assert(
      fc.property(list, list, list, fc.constantFrom('a', 'ab', 'b', 'c'), (key, user, group, model) => {
        const lists = [
          ...listsOfKey({ key: 'pk-0', user: 'ann', ...holder(key) }),
          ...listsOfUser(holder(user), holder(group)),
        ];
        const allowed = [key, user, group].every((one) => fits(one, model));
        expect(allowedByAll(lists)?.(model) ?? true).toBe(allowed);
        expect(refusingOwner(lists, model) === null).toBe(allowed);
      }),
    );
  });

  it('are all where nobody has a list, and none where one list is empty', () => {
    expect(allowedByAll(listsOfUser({}, undefined))).toBeNull();
    expect(allowedByAll(listsOfUser({ models: ['*'] }, { models: [] }))?.('any')).toBe(false);
  });

  it('are refused in the name of whoever is nearest to the request', () => {
    const user = listsOfUser({ models: ['a*'] }, { models: ['ab*'] });
    expect([refusingOwner(user, 'b'), refusingOwner(user, 'ac'), refusingOwner(user, 'abc')]).toEqual([
      'user',
      'group',
      null,
    ]);
  });
});

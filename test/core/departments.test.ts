import { expect, test } from 'vitest';
import { departmentsOf } from '../../src-main/core/departments.ts';
import { aUser } from '../support/document-fixtures.ts';
import { growth, LINEAR } from '../support/growth.ts';

test('departments are counted in time that follows the number of users', () => {
  const counting = (count: number) => {
    const users = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `usr_${at}`,
        aUser({ department: `Department ${at % (count / 10)}` }),
      ]),
    );
    return () => expect(departmentsOf(users)).toHaveLength(count / 10);
  };
  expect(growth(counting, 10_000)).toBeLessThan(LINEAR);
});

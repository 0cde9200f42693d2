import { expect, test } from 'vitest';
import { departmentsOf } from '../../src-main/core/departments.ts';
import { aUser } from '../support/document-fixtures.ts';

test('departments of 10,000 users are counted in less than 20 ms', () => {
  const users = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [`usr_${at}`, aUser({ department: `Department ${at % 300}` })]),
  );
  departmentsOf(users);
  const startedMs = performance.now();
  expect(departmentsOf(users)).toHaveLength(300);
  expect(performance.now() - startedMs).toBeLessThan(20);
});

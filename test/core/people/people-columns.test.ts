import { describe, expect, it } from 'vitest';
import {
  type PeopleColumns,
  peopleColumns,
  personTexts,
} from '../../../src-main/core/people/people-columns.ts';

function read(...rows: readonly (readonly string[])[]) {
  const columns = peopleColumns(rows);
  if (typeof columns === 'string') return columns;
  const known: PeopleColumns = columns;
  return rows.slice(columns.hasHeader ? 1 : 0).map((row) => {
    const texts = Object.entries(personTexts(row, known)).filter(([, text]) => text !== '');
    return Object.fromEntries(texts);
  });
}

describe('the columns of a list of people', () => {
  it.each([
    [['Name', 'Department', 'E-mail', 'Group']],
    [['姓名', '部门', '邮箱', '用户组']],
    [['Employee Name', 'Dept.', 'Email Address [Required]', 'User group (optional)']],
    [['\u3000姓名*', '所属部门', '电子邮箱', '分组']],
  ])('are known by %s', (header) => {
    expect(read(header, ['Ann', 'Sales', 'ann@example.com', 'Interns'])).toEqual([
      { name: 'Ann', department: 'Sales', email: 'ann@example.com', group: 'Interns' },
    ]);
  });

  it('may stand in any order, beside others', () => {
    const header = ['No.', 'Group', 'mail', 'Office', 'name'];
    expect(read(header, ['1', 'Interns', 'a@b.c', 'Rome', '  Ann \n Li '])).toEqual([
      { name: 'Ann Li', email: 'a@b.c', group: 'Interns' },
    ]);
    expect(peopleColumns([header])).toMatchObject({ unused: ['No.', 'Office'] });
  });

  it('join first and last names, in the order of their script', () => {
    expect(read(['Last name', 'First name'], ['Li', 'Ann'])).toEqual([{ name: 'Ann Li' }]);
    expect(read(['姓', '名'], ['张', '伟'])).toEqual([{ name: '张伟' }]);
  });

  it('need no names: the e-mail is found by its sign', () => {
    expect(read(['Ann', 'ann@example.com', 'Sales'], ['Bob', '', 'Tax'])).toEqual([
      { name: 'Ann', email: 'ann@example.com', department: 'Sales' },
      { name: 'Bob', department: 'Tax' },
    ]);
    expect(read(['Ann'], ['Bob'])).toEqual([{ name: 'Ann' }, { name: 'Bob' }]);
  });

  it('must hold the name, once', () => {
    expect(read(['Department', 'E-mail'], ['Sales', 'a@b.c'])).toBe('no_name_column');
    expect(read(['Name', '姓名'], ['Ann', 'Ann'])).toBe('column_twice');
  });
});

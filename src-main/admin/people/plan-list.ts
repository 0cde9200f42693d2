import type { Document } from '../../contract/document.ts';
import { type PeopleColumns, peopleColumns, personTexts } from '../../core/people/people-columns.ts';
import { type PeopleOptions, type PeoplePlan, planPeople } from '../../core/people/plan-people.ts';
import { type ReadTable, TableProblem } from './read-table.ts';

/** A list of people, read and understood. */
export interface PlannedList {
  readonly plan: PeoplePlan;
  readonly columns: PeopleColumns;
}

const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '');

/**
 * Decides what becomes of each row of a table.
 * @throws TableProblem where it is no list of people
 */
export function planList(
  { rows }: Pick<ReadTable, 'rows'>,
  document: Document,
  options: PeopleOptions,
): PlannedList {
  const numbered = rows
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => !isBlank(cells));
  if (numbered.length === 0) throw new TableProblem('there are no rows');
  const columns = peopleColumns(numbered.map(({ cells }) => cells));
  if (columns === 'no_name_column')
    throw new TableProblem('no column is called name; known are name, department, e-mail, phone and group');
  if (columns === 'column_twice') throw new TableProblem('two columns of the first row mean the same');
  const people = columns.hasHeader ? numbered.slice(1) : numbered;
  if (people.length === 0) throw new TableProblem('there are no rows below the names of the columns');
  const listed = people.map(({ row, cells }) => ({ row, texts: personTexts(cells, columns) }));
  return { plan: planPeople(listed, document, options), columns };
}

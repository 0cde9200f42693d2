import type { PeopleCounts, PlannedPerson } from '../../contract/people.ts';
import type { Terminal } from './terminal.ts';

/** What a list of people became, or would become; as the admin API tells it too. */
export interface PeopleResult {
  /** Whether it was written. */
  readonly done: boolean;
  readonly counts: PeopleCounts;
  readonly new_groups: readonly string[];
  readonly rows: readonly PlannedPerson[];
  /** CSV with the new Proxy-Keys in full; `null` where none was made. */
  readonly hand_out: string | null;
}

const MOST_LINES = 20;

const counted = (count: number, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;

/** Rows that are left out, the first of them one to a line. */
function leftOut(rows: readonly PlannedPerson[]): string {
  const lines = rows.flatMap(({ row, reason }) =>
    reason === null ? [] : [`row ${row}: ${reason.message}\n`],
  );
  const more = lines.length - MOST_LINES;
  return `${lines.slice(0, MOST_LINES).join('')}${more > 0 ? `and ${more} more\n` : ''}`;
}

/** Says what a list became: what is wrong on standard error, the sums on standard output. */
export function reportPeople({ done, counts, new_groups, rows }: PeopleResult, terminal: Terminal): void {
  terminal.err(leftOut(rows));
  if (new_groups.length > 0) terminal.err(`Note: new groups: ${new_groups.join(', ')}\n`);
  if (counts.without_channels > 0) {
    const who = counted(counts.without_channels, 'new person', 'new people');
    terminal.err(
      `Note: ${who} may not use any channel yet: give them a group that has some, or --channels\n`,
    );
  }
  const words = [
    `${counts.new} new`,
    `${counts.changed} changed`,
    `${counts.same} there already`,
    counted(counts.duplicate, 'duplicate', 'duplicates'),
    counted(counts.mistake, 'mistake', 'mistakes'),
    counted(counts.keys, 'Proxy-Key', 'Proxy-Keys'),
  ];
  terminal.out(`${done ? 'Imported' : 'Would import'}: ${words.join(', ')}.\n`);
}

import { randomBytes } from 'node:crypto';
import { ID_BYTES, newId, newProxyKey, SECRET_BYTES } from '../../core/new-secret.ts';
import { type PeopleChanges, peopleChanges } from '../../core/people/people-changes.ts';
import type { PeopleOptions } from '../../core/people/plan-people.ts';
import type { Clock, DocumentStore } from '../../core/ports.ts';
import { type PlannedList, planList } from './plan-list.ts';
import type { ReadTable } from './read-table.ts';

/** What taking people in works with; a stopped program has it too. */
export interface PeopleContext {
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** How people are taken in. */
export interface TakeOptions extends PeopleOptions {
  /** When the Proxy-Keys end, RFC 3339; `null`: never. */
  readonly expiresAt: string | null;
}

/** What a list became. */
export interface TakenPeople extends PlannedList, PeopleChanges {}

/** The names in the options that nothing has, in plain words. */
export function unknownNames(
  { current }: DocumentStore,
  { group, channels }: TakeOptions,
): readonly string[] {
  const unknown = channels === '*' ? [] : channels.filter((id) => !Object.hasOwn(current.channels, id));
  return [
    ...(group !== null && !Object.hasOwn(current.groups, group) ? [`there is no group "${group}"`] : []),
    ...unknown.map((id) => `there is no channel "${id}"`),
  ];
}

/** What a list would become; nothing is written. @throws TableProblem */
export function previewPeople({ store }: PeopleContext, table: ReadTable, options: TakeOptions): PlannedList {
  return planList(table, store.current, options);
}

/**
 * Takes people in: all of the rows that can be, in one commit, or none.
 * @throws TableProblem; ProxyError as the store does, `precondition_failed` where somebody changed one of them meanwhile
 */
export async function takePeople(
  { store, clock }: PeopleContext,
  table: ReadTable,
  options: TakeOptions,
): Promise<TakenPeople> {
  const document = store.current;
  const planned = planList(table, document, options);
  const made = peopleChanges(planned.plan, document, options, {
    newId: (kind) => newId(kind, randomBytes(ID_BYTES)),
    newKey: () => newProxyKey(randomBytes(SECRET_BYTES)),
    now: new Date(clock.now()).toISOString(),
    expiresAt: options.expiresAt,
    versionOf: (user) => store.get('users', user)?.version ?? null,
  });
  await store.change(made.changes);
  return { ...planned, ...made };
}

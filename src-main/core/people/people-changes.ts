import type { Document, Group, ProxyKey, User } from '../../contract/document.ts';
import type { PlannedPerson } from '../../contract/people.ts';
import type { RecordChange } from '../ports.ts';
import { foldedText } from './known-people.ts';
import type { PeopleOptions, PeoplePlan } from './plan-people.ts';

/** What makes ids and keys, and says what time it is. */
export interface PeopleMaker {
  readonly newId: (kind: 'usr' | 'key' | 'grp') => string;
  readonly newKey: () => string;
  /** RFC 3339. */
  readonly now: string;
  /** When the Proxy-Keys end, RFC 3339; `null`: never. */
  readonly expiresAt: string | null;
  /** The version of a user that is there, so that nothing is written over somebody else's change. */
  readonly versionOf: (user: string) => string | null;
}

/** Somebody who got a Proxy-Key, for the list that is handed out. */
export interface HandedKey {
  readonly name: string;
  readonly email: string;
  readonly department: string;
  /** The Proxy-Key in full. */
  readonly key: string;
}

/** What a plan writes into the document, and whom to hand what. */
export interface PeopleChanges {
  /** Groups, then users, then keys: each may name what stands before it. */
  readonly changes: readonly RecordChange[];
  readonly handed: readonly HandedKey[];
}

const stamped = (now: string) => ({ created_at: now, updated_at: now });

const isWritten = ({ fate }: PlannedPerson): boolean => fate === 'new' || fate === 'changed';

/** Members without those that say nothing. */
const said = <T extends object>(members: T): Partial<T> =>
  // What is left is what was there.
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== '' && value !== undefined),
  ) as Partial<T>;

function contactOf({ email, phone }: PlannedPerson, before: User['contact']): Pick<User, 'contact'> {
  const contact = { ...before, ...said({ email, phone }) };
  return Object.keys(contact).length === 0 ? {} : { contact };
}

/** Works out what a plan writes. */
export function peopleChanges(
  plan: PeoplePlan,
  document: Document,
  options: PeopleOptions,
  make: PeopleMaker,
): PeopleChanges {
  const made = new Map(plan.newGroups.map((name) => [foldedText(name), { id: make.newId('grp'), name }]));
  const groupOf = ({ group, group_id }: PlannedPerson): string | undefined =>
    group_id ?? made.get(foldedText(group))?.id;
  const own =
    options.channels.length === 0
      ? {}
      : { channels: options.channels === '*' ? ('*' as const) : [...options.channels] };

  const groups = [...made.values()].map(({ id, name }): RecordChange => {
    const record: Group = { name, ...own, ...stamped(make.now) };
    return { section: 'groups', id, record, expectedVersion: null };
  });
  const users: RecordChange[] = [];
  const keys: RecordChange[] = [];
  const handed: HandedKey[] = [];
  for (const person of plan.people) {
    const id = person.user ?? make.newId('usr');
    if (isWritten(person)) users.push(userChange(person, id, document.users[id], groupOf(person), own, make));
    if (!person.key) continue;
    const key = make.newKey();
    const expires = make.expiresAt === null ? {} : { expires_at: make.expiresAt };
    const record: ProxyKey = { key, user: id, status: 'active', ...expires, ...stamped(make.now) };
    keys.push({ section: 'proxy_keys', id: make.newId('key'), record, expectedVersion: null });
    handed.push({ name: person.name, email: person.email, department: person.department, key });
  }
  return { changes: [...groups, ...users, ...keys], handed };
}

function userChange(
  person: PlannedPerson,
  id: string,
  before: User | undefined,
  group: string | undefined,
  own: Pick<User, 'channels'>,
  { now, versionOf }: PeopleMaker,
): RecordChange {
  const { name, department } = person;
  const members = { ...said({ name, department, group }), ...contactOf(person, before?.contact) };
  const record: User =
    before === undefined
      ? { ...members, status: 'active', ...(group === undefined ? own : {}), ...stamped(now) }
      : { ...before, ...members, updated_at: now };
  return { section: 'users', id, record, expectedVersion: before === undefined ? null : versionOf(id) };
}

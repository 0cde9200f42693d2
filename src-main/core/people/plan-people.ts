import type { Document, User } from '../../contract/document.ts';
import type { PeopleCounts, PersonMember, PlannedPerson, RowReason } from '../../contract/people.ts';
import { isOneLine } from '../plain-names.ts';
import { foldedText, type KnownPeople, knownPeople, meantUsers } from './known-people.ts';
import type { PersonTexts } from './people-columns.ts';

/** How a list of people is taken in. */
export interface PeopleOptions {
  /** The id of the group of new people whose row names none. */
  readonly group: string | null;
  /** Whether groups are made that a row names and that are not there. */
  readonly makeGroups: boolean;
  /** Whether users who are there already are changed to what the list says. */
  readonly update: boolean;
  /** Whether each person without a Proxy-Key gets one. */
  readonly keys: boolean;
  /** The channels of groups that are made, and of new people who are in no group; ids, or `"*"`. */
  readonly channels: '*' | readonly string[];
}

/** A row of the list, before anything is decided. */
export interface PersonRow {
  /** Counted from 1, as spreadsheets do. */
  readonly row: number;
  readonly texts: PersonTexts;
}

/** What becomes of a whole list. */
export interface PeoplePlan {
  readonly people: readonly PlannedPerson[];
  /** The names of groups that are to be made, as the list first spells them. */
  readonly newGroups: readonly string[];
  /** The names of groups that are not there, whether they are to be made or not. */
  readonly unknownGroups: readonly string[];
  readonly counts: PeopleCounts;
}

const LONGEST_NAME = 200;
const LONGEST_TEXT = 254;
const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;

type Reason = NonNullable<PlannedPerson['reason']>;

const because = (
  code: RowReason,
  value: string,
  message: string,
  other_row: number | null = null,
): Reason => ({
  code,
  value,
  other_row,
  message,
});

/** What is wrong with a row by itself. */
function mistakeIn({ name, email, department, phone, group }: PersonTexts): Reason | null {
  if (name === '') return because('name_missing', '', 'the name is missing');
  if (name.length > LONGEST_NAME)
    return because('name_too_long', name.slice(0, 40), `the name is longer than ${LONGEST_NAME} characters`);
  if ([name, email, department, phone, group].some((text) => !isOneLine(text)))
    return because('name_invalid', '', 'there are control characters in it');
  const long = [email, department, phone, group].find((text) => text.length > LONGEST_TEXT);
  if (long !== undefined)
    return because(
      'text_too_long',
      long.slice(0, 40),
      `"${long.slice(0, 40)}…" is longer than ${LONGEST_TEXT} characters`,
    );
  if (email !== '' && !EMAIL.test(email))
    return because('email_invalid', email, `"${email}" is not an e-mail address`);
  return null;
}

/** Who a row repeats: the same address, or the same name where one of the two has no address. */
class SeenRows {
  readonly #byEmail = new Map<string, number>();
  readonly #byName = new Map<string, { row: number; hasEmail: boolean }>();
  readonly #users = new Map<string, number>();

  /** @param user the id of the user that the row means */
  repeated({ name, email }: PersonTexts, user: string | null): number | null {
    const byEmail = email === '' ? undefined : this.#byEmail.get(foldedText(email));
    const named = this.#byName.get(foldedText(name));
    const byName = named !== undefined && (email === '' || !named.hasEmail) ? named.row : undefined;
    const byUser = user === null ? undefined : this.#users.get(user);
    return byEmail ?? byUser ?? byName ?? null;
  }

  add(row: number, { name, email }: PersonTexts, user: string | null): void {
    if (email !== '') this.#byEmail.set(foldedText(email), row);
    const folded = foldedText(name);
    if (email === '' || !this.#byName.has(folded)) this.#byName.set(folded, { row, hasEmail: email !== '' });
    if (user !== null) this.#users.set(user, row);
  }
}

/** Which group a row means: an id, the name of one to be made, none, or why that cannot be told. */
type MeantGroup =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly id: string }
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'mistake'; readonly reason: Reason };

class Planner {
  readonly #document: Document;
  readonly #options: PeopleOptions;
  readonly #known: KnownPeople;
  readonly #seen = new SeenRows();
  /** By the folded name, as it was first spelled. */
  readonly unknownGroups = new Map<string, string>();
  withoutChannels = 0;

  constructor(document: Document, options: PeopleOptions) {
    this.#document = document;
    this.#options = options;
    this.#known = knownPeople(document);
  }

  #groupOf(name: string): MeantGroup {
    if (name === '') return { kind: 'none' };
    if (Object.hasOwn(this.#document.groups, name)) return { kind: 'known', id: name };
    const folded = foldedText(name);
    const [id, other] = this.#known.groupsByName.get(folded) ?? [];
    if (other !== undefined)
      return {
        kind: 'mistake',
        reason: because('group_ambiguous', name, `several groups are called "${name}"`),
      };
    if (id !== undefined) return { kind: 'known', id };
    const spelled = this.unknownGroups.get(folded) ?? name;
    this.unknownGroups.set(folded, spelled);
    if (this.#options.makeGroups) return { kind: 'new', name: spelled };
    return { kind: 'mistake', reason: because('group_unknown', name, `there is no group "${name}"`) };
  }

  plan({ row, texts }: PersonRow): PlannedPerson {
    const blank = { row, ...texts, group_id: null, user: null, changes: [], key: false, reason: null };
    const mistake = mistakeIn(texts);
    if (mistake !== null) return { ...blank, fate: 'mistake', reason: mistake };
    const [user = null, other] = meantUsers(this.#document, this.#known, texts.name, texts.email);
    if (other !== undefined) return { ...blank, fate: 'mistake', reason: severalCalled(texts) };
    const repeated = this.#seen.repeated(texts, user);
    if (repeated !== null) {
      const message = `row ${repeated} is the same person`;
      return {
        ...blank,
        fate: 'duplicate',
        reason: because('same_row', texts.email || texts.name, message, repeated),
      };
    }
    const group = this.#groupOf(texts.group);
    if (group.kind === 'mistake') return { ...blank, fate: 'mistake', reason: group.reason };
    this.#seen.add(row, texts, user);
    return user === null ? this.#added(blank, group) : this.#changed(blank, user, group);
  }

  #nameOfGroup(id: string): string {
    return this.#document.groups[id]?.name || id;
  }

  #added(blank: Omit<PlannedPerson, 'fate'>, group: MeantGroup): PlannedPerson {
    const { group: fallback, keys, channels } = this.#options;
    const id = group.kind === 'known' ? group.id : group.kind === 'none' ? fallback : null;
    const given = id === null ? channels : (this.#document.groups[id]?.channels ?? []);
    if (given.length === 0) this.withoutChannels += 1;
    const named = id === null ? blank.group : this.#nameOfGroup(id);
    return { ...blank, fate: 'new', group: named, group_id: id, key: keys };
  }

  #changed(blank: Omit<PlannedPerson, 'fate'>, id: string, group: MeantGroup): PlannedPerson {
    const user = this.#document.users[id] ?? {};
    const before = memberTexts(user, (one) => this.#nameOfGroup(one));
    const after = {
      ...blank,
      ...(group.kind === 'known' ? { group: this.#nameOfGroup(group.id), group_id: group.id } : {}),
    };
    const isSame = (member: PersonMember): boolean =>
      member === 'group' && group.kind === 'known'
        ? user.group === group.id
        : before[member] === after[member];
    const members: readonly PersonMember[] = ['name', 'department', 'email', 'phone', 'group'];
    const changes = members
      .filter((member) => after[member] !== '' && !isSame(member))
      .map((member) => ({ member, before: before[member], after: after[member] }));
    const key = this.#options.keys && user.status !== 'disabled' && !this.#known.withKey.has(id);
    const isChanged = this.#options.update && changes.length > 0;
    return {
      ...after,
      user: id,
      fate: isChanged ? 'changed' : 'same',
      changes: isChanged ? changes : [],
      key,
    };
  }
}

const severalCalled = ({ name, email }: PersonTexts): Reason =>
  email === ''
    ? because('user_ambiguous', name, `several users are called "${name}": add the e-mail`)
    : because('user_ambiguous', email, `several users may be "${email}"`);

const memberTexts = (user: User, nameOfGroup: (id: string) => string): PersonTexts => ({
  name: user.name ?? '',
  department: user.department ?? '',
  email: user.contact?.email ?? '',
  phone: user.contact?.phone ?? '',
  group: user.group === undefined ? '' : nameOfGroup(user.group),
});

/** Decides what becomes of each row; changes nothing. */
export function planPeople(
  rows: readonly PersonRow[],
  document: Document,
  options: PeopleOptions,
): PeoplePlan {
  const planner = new Planner(document, options);
  const people = rows.map((row) => planner.plan(row));
  const unknownGroups = [...planner.unknownGroups.values()];
  const wanted = new Set(
    people.filter(({ fate }) => fate === 'new' || fate === 'changed').map(({ group }) => foldedText(group)),
  );
  const newGroups = options.makeGroups ? unknownGroups.filter((name) => wanted.has(foldedText(name))) : [];
  const count = (fate: PlannedPerson['fate']): number =>
    people.filter((person) => person.fate === fate).length;
  return {
    people,
    newGroups,
    unknownGroups,
    counts: {
      new: count('new'),
      changed: count('changed'),
      same: count('same'),
      duplicate: count('duplicate'),
      mistake: count('mistake'),
      keys: people.filter(({ key }) => key).length,
      groups: newGroups.length,
      without_channels: planner.withoutChannels,
    },
  };
}

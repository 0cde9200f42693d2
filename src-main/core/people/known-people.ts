import type { Document, User } from '../../contract/document.ts';

/** How names and addresses are compared: whatever their case and their spelling in Unicode. */
export const foldedText = (text: string): string =>
  text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Ids by a folded text. */
type Index = ReadonlyMap<string, readonly string[]>;

function indexOf(entries: Iterable<readonly [text: string | undefined, id: string]>): Index {
  const index = new Map<string, string[]>();
  for (const [text, id] of entries) {
    const folded = foldedText(text ?? '');
    if (folded === '') continue;
    const ids = index.get(folded);
    if (ids === undefined) index.set(folded, [id]);
    else ids.push(id);
  }
  return index;
}

/** Users and groups as a list of people names them. */
export interface KnownPeople {
  readonly usersByEmail: Index;
  readonly usersByName: Index;
  readonly groupsByName: Index;
  /** The users who have a Proxy-Key, whether it works or not. */
  readonly withKey: ReadonlySet<string>;
}

/** Looks through a document once, for any number of rows. */
export function knownPeople({ users, groups, proxy_keys }: Document): KnownPeople {
  const people = Object.entries(users);
  return {
    usersByEmail: indexOf(people.map(([id, { contact }]) => [contact?.email, id] as const)),
    usersByName: indexOf(people.map(([id, { name }]) => [name, id] as const)),
    groupsByName: indexOf(Object.entries(groups).map(([id, { name }]) => [name, id] as const)),
    withKey: new Set(Object.values(proxy_keys).map(({ user }) => user)),
  };
}

const emailOf = ({ contact }: User): string => foldedText(contact?.email ?? '');

/**
 * The users that a row may mean: those with its e-mail; else those of its name, unless they have another e-mail, which
 * tells people of one name apart.
 */
export function meantUsers(
  { users }: Pick<Document, 'users'>,
  known: KnownPeople,
  name: string,
  email: string,
): readonly string[] {
  const byEmail = email === '' ? undefined : known.usersByEmail.get(foldedText(email));
  if (byEmail !== undefined) return byEmail;
  const byName = known.usersByName.get(foldedText(name)) ?? [];
  return email === '' ? byName : byName.filter((id) => emailOf(users[id] ?? {}) === '');
}

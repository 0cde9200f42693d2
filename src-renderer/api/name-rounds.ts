/** What can be named. */
export const KINDS = ['users', 'keys', 'channels', 'groups'] as const;
export type NamedKind = (typeof KINDS)[number];

/** A name that is wanted. */
export interface Wanted {
  readonly kind: NamedKind;
  readonly id: string;
}

/** An address may be 16 KiB long; an id 128 characters, which are up to nine times as many there. */
const MOST_CHARACTERS = 12_000;

/** Divides what is wanted, so that each part fits into an address. */
export function roundsOf(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const rounds: Wanted[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const one of wanted) {
    const more = one.kind.length + encodeURIComponent(one.id).length + 2;
    if (length + more > MOST_CHARACTERS) {
      rounds.push([]);
      length = 0;
    }
    rounds.at(-1)?.push(one);
    length += more;
  }
  return rounds;
}

/** What is kept of a value: all of it, or some members of it (of each of its elements, where it is a list). */
export type Kept = 'whole' | KeptMembers;

/** A member that is kept. */
export interface KeptMember {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kept: Kept;
}

const encoder = new TextEncoder();

/** Names of members and what is kept of each, made once. */
export class KeptMembers {
  readonly #byLength: (readonly KeptMember[])[] = [];
  /** Whether the value is kept as well where it is a string. */
  readonly keepsText: boolean;

  constructor(members: Readonly<Record<string, Kept>>, keepsText = false) {
    this.keepsText = keepsText;
    for (const [name, kept] of Object.entries(members)) {
      const bytes = encoder.encode(name);
      this.#byLength[bytes.length] = [...(this.#byLength[bytes.length] ?? []), { name, bytes, kept }];
    }
  }

  /** The member of which the name stands there, in UTF-8. */
  at(bytes: Uint8Array, from: number, until: number): KeptMember | null {
    const length = until - from;
    for (const member of this.#byLength[length] ?? []) {
      let same = 0;
      while (same < length && bytes[from + same] === member.bytes[same]) same += 1;
      if (same === length) return member;
    }
    return null;
  }
}

/** Whether a value is kept as it stands. */
export const keepsAll = (kept: Kept | null, isContainer: boolean, isText: boolean): boolean =>
  kept === 'whole' || (kept !== null && !isContainer && (!isText || kept.keepsText));

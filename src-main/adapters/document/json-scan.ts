import type { TextProblem } from './config-file.ts';

/** One member of a JSON object: where its key, its value and the gap before it lie in the text. */
export interface JsonMember {
  readonly name: string;
  /** Just behind the `{` or the value before, so that the gap holds comma and white space. */
  readonly gapStart: number;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Its own members, where it is an object within the depth that was asked for. */
  readonly members: JsonMember[] | null;
}

/** Every member that stands twice in one object of a text that is known to be valid JSON. */
export function duplicateKeys(text: string): readonly TextProblem[] {
  const scan = new JsonScan(text, Number.POSITIVE_INFINITY, false);
  scan.root();
  return scan.duplicates;
}

/** The members of the object that a valid JSON text is, down to `depth` levels. */
export function jsonMembers(text: string, depth: number): readonly JsonMember[] {
  return new JsonScan(text, depth, true).root() ?? [];
}

/** Reads a valid text once, from left to right; either keeps where things are, or looks for what stands twice. */
class JsonScan {
  readonly duplicates: TextProblem[] = [];
  readonly #text: string;
  readonly #depth: number;
  readonly #keeps: boolean;
  #at = 0;

  constructor(text: string, depth: number, keeps: boolean) {
    this.#text = text;
    this.#depth = depth;
    this.#keeps = keeps;
  }

  /** The members of the object that the text is; `null` where it is something else. */
  root(): JsonMember[] | null {
    this.#skipGap();
    return this.#value(0);
  }

  #value(level: number): JsonMember[] | null {
    const code = this.#text.charCodeAt(this.#at);
    if (level >= this.#depth && (code === 0x7b || code === 0x5b)) this.#skipNested();
    else if (code === 0x7b) return this.#object(level);
    else if (code === 0x5b) this.#array(level);
    else if (code === 0x22) this.#skipString();
    else this.#scalar();
    return null;
  }

  #object(level: number): JsonMember[] | null {
    const members: JsonMember[] | null = this.#keeps ? [] : null;
    const names = new Set<string>();
    this.#at++;
    for (;;) {
      const gapStart = this.#at;
      this.#skipGap();
      if (this.#text.charCodeAt(this.#at) === 0x7d) break;
      const keyStart = this.#at;
      const name = this.#string();
      if (members === null) {
        if (names.has(name))
          this.duplicates.push({ offset: keyStart, message: `the member "${name}" stands twice` });
        names.add(name);
      }
      this.#skipGap();
      const valueStart = this.#at;
      const inner = this.#value(level + 1);
      members?.push({ name, gapStart, keyStart, valueStart, valueEnd: this.#at, members: inner });
    }
    this.#at++;
    return members;
  }

  #array(level: number): void {
    this.#at++;
    for (this.#skipGap(); this.#text.charCodeAt(this.#at) !== 0x5d; this.#skipGap()) this.#value(level + 1);
    this.#at++;
  }

  /** Jumps from brace to brace; only strings must be read, because they may hold braces. */
  #skipNested(): void {
    const next = /["{}[\]]/g;
    let open = 0;
    do {
      next.lastIndex = this.#at;
      const at = next.exec(this.#text)?.index ?? this.#text.length;
      this.#at = at;
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) this.#skipString();
      else {
        open += code === 0x7b || code === 0x5b ? 1 : -1;
        this.#at++;
      }
    } while (open > 0 && this.#at < this.#text.length);
  }

  /** White space, commas and colons: in a valid text they say nothing that the order of values does not. */
  #skipGap(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0x2c && code !== 0x3a)
        return;
      this.#at++;
    }
  }

  #skipString(): void {
    let end = this.#text.indexOf('"', this.#at + 1);
    while (this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    this.#at = end + 1;
  }

  #string(): string {
    const start = this.#at;
    this.#skipString();
    const raw = this.#text.slice(start + 1, this.#at - 1);
    return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
  }

  #isEscaped(quote: number): boolean {
    let slashes = 0;
    while (this.#text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    return slashes % 2 === 1;
  }

  #scalar(): void {
    const ends = /[\s,\]}]|$/g;
    ends.lastIndex = this.#at;
    this.#at = ends.exec(this.#text)?.index ?? this.#text.length;
  }
}

import type { MemberCut } from './json-cut.ts';
import { type KeptMember, KeptMembers, keepsAll } from './json-kept.ts';
import { NameReader, ValueKeeper } from './json-readers.ts';
import { JSON_BYTE, MarkSearch, SHORT_RUN, slashesBefore, stringEnd } from './json-runs.ts';

const {
  quote: QUOTE,
  comma: COMMA,
  colon: COLON,
  openBracket: OPEN_BRACKET,
  closeBracket: CLOSE_BRACKET,
  openBrace: OPEN_BRACE,
  closeBrace: CLOSE_BRACE,
} = JSON_BYTE;

/** As many elements of a list are looked into, and levels of an answer. */
const MOST_ELEMENTS = 64;
const MOST_LEVELS = 16;
/** A container that is looked into. */
interface Level {
  readonly members: KeptMembers;
  readonly object: Record<string, unknown>;
  /** The elements, where it is a list. */
  readonly list: unknown[] | null;
  /** Whose value it is, in the object around it. */
  readonly member: KeptMember | null;
}

/** Who hears of the values. */
export interface DigestListener {
  /** An object at the top level has ended. @param value what was kept of it */
  told(value: Readonly<Record<string, unknown>>): void;
}

const STATE = {
  /** Between the values at the top level. */
  outside: 0,
  /** In an object, before a member or the end. */
  name: 1,
  inName: 2,
  colon: 3,
  value: 4,
  /** Behind a member or an element. */
  after: 5,
  string: 6,
  literal: 7,
  /** In a container that is not looked into. */
  nested: 8,
  nestedString: 9,
} as const;

/**
 * Reads JSON of any size as it arrives, in whatever pieces, and keeps the few members that matter: strings and containers
 * that do not are skipped, mostly by native searches, and never held. Several values may follow each other, with line ends
 * (NDJSON) or as elements of one list (Gemini). What a model wrote stands in strings, so it is never taken for a member.
 */
export class JsonDigest {
  readonly #members: KeptMembers;
  readonly #listener: DigestListener;
  readonly #cut: MemberCut | null;
  readonly #levels: Level[] = [];
  readonly #marks = new MarkSearch();
  #state: number = STATE.outside;
  #isList = false;
  /** Containers open within one that is not looked into. */
  #depth = 0;
  /** Whether a backslash stands right before what comes. */
  #isEscaped = false;
  readonly #name = new NameReader();
  #member: KeptMember | null = null;
  readonly #kept = new ValueKeeper();
  /** What to add to a place in the present piece to have its offset in the whole. */
  #base = 0;

  /** @param cut hears of the members of the root, by their offsets */
  constructor(members: KeptMembers, listener: DigestListener, cut: MemberCut | null = null) {
    this.#members = members;
    this.#listener = listener;
    this.#cut = cut;
  }

  /** Whether a value at the top level has begun and not ended. */
  get isInValue(): boolean {
    return this.#state !== STATE.outside;
  }

  /** Whether the values are elements of a list. */
  get isList(): boolean {
    return this.#isList;
  }

  /** Forgets what it was in, for another text. */
  restart(): void {
    this.#levels.length = 0;
    this.#state = STATE.outside;
    this.#isList = false;
    this.#isEscaped = false;
    this.#kept.drop();
  }

  /** @param offset that of the first byte in the whole */
  push(bytes: Uint8Array, from = 0, until = bytes.length, offset = 0): void {
    this.#base = offset - from;
    this.#kept.pieceBegins(from);
    this.#marks.restart();
    let at = from;
    while (at < until) at = this.#step(bytes, at, until);
    this.#kept.pieceEnds(bytes, until);
  }

  #step(bytes: Uint8Array, at: number, until: number): number {
    switch (this.#state) {
      case STATE.name:
        return this.#beforeName(bytes, at);
      case STATE.inName:
        return this.#inName(bytes, at, until);
      case STATE.colon:
        if (bytes[at] === COLON) this.#state = STATE.value;
        return at + 1;
      case STATE.value:
        return this.#beginValue(bytes, at);
      case STATE.after:
        return this.#afterValue(bytes, at);
      case STATE.string:
      case STATE.nestedString:
        return this.#inString(bytes, at, until);
      case STATE.literal:
        return this.#inLiteral(bytes, at, until);
      case STATE.nested:
        return this.#inNested(bytes, at, until);
      default:
        return this.#outside(bytes, at);
    }
  }

  #outside(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte === OPEN_BRACE) this.#open(this.#members, false);
    else if (byte === QUOTE) this.#state = STATE.string;
    else if (byte === OPEN_BRACKET && this.#isList) this.#beginNested();
    else if (byte === OPEN_BRACKET) this.#isList = true;
    return at + 1;
  }

  #open(members: KeptMembers, isList: boolean): void {
    this.#levels.push({ members, object: {}, list: isList ? [] : null, member: this.#member });
    this.#state = isList ? STATE.value : STATE.name;
    if (this.#levels.length === 1) this.#cut?.begin();
  }

  #beginNested(): void {
    this.#state = STATE.nested;
    this.#depth = 1;
  }

  #beforeName(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte === CLOSE_BRACE) this.#close(at);
    else if (byte === QUOTE) {
      this.#state = STATE.inName;
      this.#name.begin();
      if (this.#levels.length === 1) this.#cut?.nameBegins(this.#base + at);
    }
    return at + 1;
  }

  #inName(bytes: Uint8Array, from: number, until: number): number {
    const end = this.#name.read(bytes, from, until);
    if (end < 0) return until;
    this.#state = STATE.colon;
    this.#member = this.#name.memberOf(this.#levels.at(-1)?.members, bytes, from, end);
    if (this.#levels.length === 1) this.#cut?.nameIs(this.#member?.name ?? null);
    return end + 1;
  }

  /** What is kept of the value that begins. */
  #keptHere(): KeptMember['kept'] | null {
    const level = this.#levels.at(-1);
    if (level === undefined || level.list === null) return this.#member?.kept ?? null;
    return level.list.length < MOST_ELEMENTS ? level.members : null;
  }

  #beginValue(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0;
    if (byte <= 0x20) return at + 1;
    if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
      this.#close(at);
      return at + 1;
    }
    const kept = this.#keptHere();
    const isContainer = byte === OPEN_BRACE || byte === OPEN_BRACKET;
    if (isContainer && kept instanceof KeptMembers && this.#levels.length < MOST_LEVELS) {
      this.#open(kept, byte === OPEN_BRACKET);
      return at + 1;
    }
    if (keepsAll(kept, isContainer, byte === QUOTE)) this.#kept.begin(at);
    if (isContainer) this.#beginNested();
    else this.#state = byte === QUOTE ? STATE.string : STATE.literal;
    return at + 1;
  }

  #afterValue(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte === COMMA) {
      this.#state = this.#levels.at(-1)?.list == null ? STATE.name : STATE.value;
      if (this.#levels.length === 1) this.#cut?.comma(this.#base + at);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#close(at);
    return at + 1;
  }

  /** @returns the place behind the string, or the end of the piece within it */
  #inString(bytes: Uint8Array, from: number, until: number): number {
    let at = from;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at += 1;
    }
    const end = stringEnd(bytes, at, until);
    if (end < 0) {
      this.#isEscaped = slashesBefore(bytes, until, at) % 2 === 1;
      return until;
    }
    if (this.#state === STATE.nestedString) this.#state = STATE.nested;
    else this.#endValue(bytes, end);
    return end;
  }

  #inLiteral(bytes: Uint8Array, from: number, until: number): number {
    let at = from;
    while (at < until) {
      const byte = bytes[at] ?? 0;
      if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= 0x20) {
        this.#endValue(bytes, at);
        return at;
      }
      at += 1;
    }
    return until;
  }

  #inNested(bytes: Uint8Array, from: number, until: number): number {
    let at = from;
    let runFrom = from;
    while (at < until) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        this.#state = STATE.nestedString;
        return at + 1;
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth += 1;
        runFrom = at;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1;
        runFrom = at;
        if (this.#depth === 0) {
          this.#endValue(bytes, at + 1);
          return at + 1;
        }
      }
      at += 1;
      // A list of numbers may be megabytes: its end is searched for, not walked to.
      if (at - runFrom > SHORT_RUN) at = this.#marks.from(bytes, at, until);
    }
    return until;
  }

  /** @param until behind the value */
  #endValue(bytes: Uint8Array, until: number): void {
    const level = this.#levels.at(-1);
    if (level === undefined) {
      this.#state = STATE.outside;
      return;
    }
    this.#state = STATE.after;
    this.#put(level, this.#kept.take(bytes, until), until);
  }

  #put({ list, object }: Level, value: unknown, until: number): void {
    if (list !== null) {
      if (list.length < MOST_ELEMENTS) list.push(value);
    } else if (this.#member !== null && value !== undefined) object[this.#member.name] = value;
    if (this.#levels.length === 1) this.#cut?.valueEnds(this.#base + until);
  }

  /** The innermost container that is looked into has ended. */
  #close(at: number): void {
    const closed = this.#levels.pop();
    const level = this.#levels.at(-1);
    if (closed === undefined || level === undefined) {
      this.#state = STATE.outside;
      this.#cut?.end();
      if (closed !== undefined) this.#listener.told(closed.object);
      return;
    }
    this.#state = STATE.after;
    this.#member = closed.member;
    this.#put(level, closed.list ?? closed.object, at + 1);
  }
}

import { foldedName } from './folded-name.ts';

/** Whitespace, structure and quotes of JSON (RFC 8259 §2). */
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** A longer name is none that is looked for, not even with all its letters escaped. Bytes, with quotes. */
const LONGEST_NAME = 128;
/** A longer value is not meant. Bytes, with quotes. */
const LONGEST_VALUE = 2048;

/** What is expected next, or what the bytes lie in. */
const START = 0;
const FIRST_NAME = 1;
const NAME = 2;
const IN_NAME = 3;
const BEFORE_COLON = 4;
const VALUE = 5;
const IN_TEXT = 6;
const IN_NESTED = 7;
const IN_LITERAL = 8;
const BEHIND_VALUE = 9;
const OVER = 10;
const BROKEN = 11;

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** A top-level member that was looked for. */
export interface TopMember {
  /** How often its name stands there, in whatever case. */
  readonly times: number;
  /** Its text; `null` where it is no text or too long to be meant. */
  readonly text: string | null;
  /** Its value as it stands there; `null` where it is too long to be meant. */
  readonly raw: string | null;
}

/**
 * Reads chosen top-level members of one JSON object that comes in pieces of any size, in bounded memory. What lies in
 * nested values is skipped, not read.
 */
export class TopMembers {
  readonly #wanted: ReadonlySet<string>;
  readonly #found = new Map<string, TopMember>();
  #state = START;
  #depth = 0;
  #inNestedText = false;
  #escaped = false;
  /** The name, or the wanted value, that is under way. */
  #token: number[] = [];
  #tokenLimit = 0;
  #name: string | null = null;
  #endAt = -1;

  /** @param wanted names in lower case */
  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** Whether the object is whole: nothing but white space may follow. */
  get isWhole(): boolean {
    return this.#state === OVER;
  }

  /** Whether it can no longer become a JSON object. */
  get isBroken(): boolean {
    return this.#state === BROKEN;
  }

  /** Where the object's last brace stands in the bytes pushed last; -1 where it was not among them. */
  get endAt(): number {
    return this.#endAt;
  }

  /** A member as far as it was read; `null` where there was none. */
  get(name: string): TopMember | null {
    return this.#found.get(name) ?? null;
  }

  /** Begins a new object. */
  restart(): void {
    this.#found.clear();
    this.#state = START;
    this.#depth = 0;
    this.#inNestedText = false;
    this.#escaped = false;
    this.#token = [];
    this.#name = null;
  }

  push(bytes: Uint8Array): void {
    this.#endAt = -1;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (this.#state === IN_NESTED) this.#nested(byte);
      else if (this.#state === IN_TEXT) this.#text(byte);
      else if (this.#state === BROKEN) return;
      else {
        const wasOver = this.#state === OVER;
        this.#step(byte);
        if (!wasOver && this.#state === OVER) this.#endAt = at;
      }
    }
  }

  #step(byte: number): void {
    switch (this.#state) {
      case IN_NAME:
        this.#inName(byte);
        return;
      case IN_LITERAL:
        this.#literal(byte);
        return;
      default:
        if (!isSpace(byte)) this.#structure(byte);
    }
  }

  #structure(byte: number): void {
    switch (this.#state) {
      case START:
        this.#state = byte === OPEN_BRACE ? FIRST_NAME : BROKEN;
        return;
      case FIRST_NAME:
        if (byte === CLOSE_BRACE) this.#state = OVER;
        else this.#beginName(byte);
        return;
      case NAME:
        this.#beginName(byte);
        return;
      case BEFORE_COLON:
        this.#state = byte === COLON ? VALUE : BROKEN;
        return;
      case VALUE:
        this.#beginValue(byte);
        return;
      case BEHIND_VALUE:
        this.#state = byte === COMMA ? NAME : byte === CLOSE_BRACE ? OVER : BROKEN;
        return;
      default:
        this.#state = BROKEN;
    }
  }

  #beginName(byte: number): void {
    this.#state = byte === QUOTE ? IN_NAME : BROKEN;
    this.#token = [byte];
    this.#tokenLimit = LONGEST_NAME;
  }

  #keep(byte: number): void {
    if (this.#token.length <= this.#tokenLimit) this.#token.push(byte);
  }

  /** @returns whether the string that is under way ends with this byte */
  #endsText(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else return byte === QUOTE;
    return false;
  }

  #inName(byte: number): void {
    this.#keep(byte);
    if (!this.#endsText(byte)) return;
    const name = this.#tokenText();
    const folded = name === null ? null : foldedName(name);
    this.#name = folded !== null && this.#wanted.has(folded) ? folded : null;
    this.#state = BEFORE_COLON;
  }

  #beginValue(byte: number): void {
    this.#token = [byte];
    this.#tokenLimit = this.#name === null ? 0 : LONGEST_VALUE;
    if (byte === QUOTE) this.#state = IN_TEXT;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.#state = IN_NESTED;
      this.#depth = 1;
    } else
      this.#state = byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET ? BROKEN : IN_LITERAL;
  }

  #text(byte: number): void {
    this.#keep(byte);
    if (this.#endsText(byte)) this.#endValue();
  }

  #nested(byte: number): void {
    this.#keep(byte);
    if (this.#inNestedText) {
      if (this.#endsText(byte)) this.#inNestedText = false;
    } else if (byte === QUOTE) this.#inNestedText = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#endValue();
    }
  }

  #literal(byte: number): void {
    if (isSpace(byte)) this.#endValue();
    else if (byte === COMMA || byte === CLOSE_BRACE) {
      this.#endValue();
      this.#structure(byte);
    } else if (byte === QUOTE || byte === COLON || byte === OPEN_BRACE || byte === OPEN_BRACKET)
      this.#state = BROKEN;
    else this.#keep(byte);
  }

  #endValue(): void {
    this.#state = BEHIND_VALUE;
    if (this.#name === null) return;
    const isLong = this.#token.length > this.#tokenLimit;
    const raw = isLong ? null : DECODER.decode(Uint8Array.from(this.#token));
    const text = this.#token[0] === QUOTE ? this.#tokenText() : null;
    const times = (this.#found.get(this.#name)?.times ?? 0) + 1;
    this.#found.set(this.#name, { times, text, raw });
    this.#name = null;
  }

  /** The string under way; `null` where it is too long, or none. */
  #tokenText(): string | null {
    if (this.#token.length > this.#tokenLimit) return null;
    try {
      const value: unknown = JSON.parse(DECODER.decode(Uint8Array.from(this.#token)));
      return typeof value === 'string' ? value : null;
    } catch {
      return null;
    }
  }
}

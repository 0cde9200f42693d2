import { isCollection, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { isObject, sameValue } from '../../core/same-value.ts';
import { printBlock, printInline, printLike, printPair } from './yaml-print.ts';

/** Replaces a stretch of the text. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Members = Readonly<Record<string, unknown>>;

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Finds the changes to a YAML text that turn one value into another and leave every untouched line as it is. */
export class YamlSplicer {
  readonly #splices: Splice[] = [];
  readonly #text: string;
  readonly #newline: string;

  constructor(text: string, newline: string) {
    this.#text = text;
    this.#newline = newline;
  }

  /** The text with all changes made. What is put at one place stands there in the order in which it was found. */
  result(): string {
    const ordered = this.#splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of ordered) {
      parts.push(this.#text.slice(at, start), text);
      at = Math.max(at, end);
    }
    return parts.join('') + this.#text.slice(at);
  }

  /** Brings the members of a map from `before` to `after`, which must not be empty. */
  map(map: YAMLMap, before: Members, after: Members): void {
    for (const pair of map.items) {
      const name = this.#keyOf(pair);
      if (Object.hasOwn(after, name) && !sameValue(before[name], after[name])) {
        this.#value(map, pair, before[name], after[name]);
      }
    }
    const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
    const removed = map.items.filter((pair) => !Object.hasOwn(after, this.#keyOf(pair)));
    if (added.length + removed.length === 0) return;
    const pairs = added.map((name): [string, unknown] => [name, after[name]]);
    if (map.flow) this.#reshapeFlow(map, removed, pairs);
    else this.#reshapeBlock(map, removed, pairs);
  }

  #value(map: YAMLMap, pair: Pair, before: unknown, after: unknown): void {
    const old = pair.value;
    const into = isObject(after) && Object.keys(after).length > 0;
    if (isMap(old) && old.items.length > 0 && isObject(before) && into) {
      this.map(old, before, after);
    } else if (
      into &&
      map.flow !== true &&
      !isMap(old) &&
      (isScalar(old) ? old.value === null : old === null)
    ) {
      this.#afterColon(
        pair,
        this.#newline + printBlock(after, this.#column(startOf(pair.key)) + 2, this.#newline),
      );
    } else if (into && map.flow !== true && isMap(old) && old.items.length === 0) {
      this.#afterColon(
        pair,
        this.#newline + printBlock(after, this.#column(startOf(pair.key)) + 2, this.#newline),
      );
    } else if (isSeq(old) && !old.flow && Array.isArray(after) && after.length > 0) {
      const block = printBlock(after, this.#column(startOf(old)), this.#newline).replace(/^ +/, '');
      this.#splices.push({ start: startOf(old), end: this.#endOf(old), text: block });
    } else if (startOf(old) === this.#endOf(old) || (isCollection(old) && !old.flow)) {
      this.#afterColon(pair, ` ${printInline(after)}`);
    } else {
      this.#splices.push({ start: startOf(old), end: this.#endOf(old), text: printLike(after, old) });
    }
  }

  #afterColon(pair: Pair, text: string): void {
    const start = this.#text.indexOf(':', this.#endOf(pair.key)) + 1;
    this.#splices.push({ start, end: Math.max(start, this.#endOf(pair.value)), text });
  }

  #reshapeBlock(
    map: YAMLMap,
    removed: readonly Pair[],
    added: readonly (readonly [string, unknown])[],
  ): void {
    for (const pair of removed) {
      const start = this.#text.lastIndexOf('\n', startOf(pair.key)) + 1;
      this.#splices.push({ start, end: this.#lineEnd(this.#endOfPair(pair)), text: '' });
    }
    const last = map.items.at(-1);
    if (last === undefined || added.length === 0) return;
    const column = this.#column(startOf(map.items[0]?.key));
    const inline = isMap(last.value) && last.value.flow === true;
    const lines = added.map(([name, value]) => printPair(name, value, column, this.#newline, inline));
    const at = this.#lineEnd(this.#endOfPair(last));
    const endsLine = this.#text[at - 1] === '\n';
    const text = `${endsLine ? '' : this.#newline}${lines.join(this.#newline)}${this.#newline}`;
    this.#splices.push({ start: at, end: at, text });
  }

  #reshapeFlow(map: YAMLMap, removed: readonly Pair[], added: readonly (readonly [string, unknown])[]): void {
    const members = added.map(([name, value]) => `${printInline(name)}: ${printInline(value)}`);
    const kept = map.items.filter((pair) => !removed.includes(pair));
    const last = map.items.at(-1);
    const lastKept = kept.at(-1);
    if (last === undefined || lastKept === undefined) {
      const end = this.#endOf(map);
      this.#splices.push({ start: startOf(map), end, text: `{ ${members.join(', ')} }` });
      return;
    }
    for (const [index, pair] of map.items.entries()) {
      const next = map.items[index + 1];
      if (next === undefined || !removed.includes(pair) || pair === last || this.#isBehind(pair, lastKept))
        continue;
      this.#splices.push({ start: startOf(pair.key), end: startOf(next.key), text: '' });
    }
    const start = this.#endOfPair(lastKept);
    const text = members.map((member) => `, ${member}`).join('');
    this.#splices.push({ start, end: this.#endOfPair(last), text });
  }

  #isBehind(pair: Pair, other: Pair): boolean {
    return startOf(pair.key) > startOf(other.key);
  }

  #keyOf(pair: Pair): string {
    return String(isScalar(pair.key) ? pair.key.value : pair.key);
  }

  #endOfPair(pair: Pair): number {
    return isNode(pair.value)
      ? Math.max(this.#endOf(pair.value), this.#endOf(pair.key))
      : this.#endOf(pair.key);
  }

  /** Where a node's own text ends; the library counts the blank lines and comments behind a block as part of it. */
  #endOf(node: unknown): number {
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      if (last !== undefined) return isNode(last) ? this.#endOf(last) : this.#endOfPair(last as Pair);
    }
    const end = isNode(node) ? (node.range?.[1] ?? 0) : 0;
    const start = startOf(node);
    return end > start ? start + this.#text.slice(start, end).replace(/[ \t\r\n]+$/, '').length : end;
  }

  #column(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }

  /** Behind the line break that ends the line. */
  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    return end === -1 ? this.#text.length : end + 1;
  }
}

import { type IdPlace, idName } from './id-rules.ts';
import { joinedBytes } from './joined-bytes.ts';
import { idsIn, valueAt } from './json-path.ts';

/** Ids stand near the beginning; nothing behind this is looked at. */
const HEAD_BYTES = 16 * 1024;
const NOTHING = new Uint8Array(0);
const LF = 0x0a;
const DATA = new TextEncoder().encode('data:');

/** Looks at the beginning of an answer as it passes, and at nothing any more once it has seen what it looks for. */
export interface IdReader {
  push(chunk: Uint8Array): void;
}

/**
 * Finds the ids that an answer tells.
 * @param streams whether the answer is server-sent events
 * @param found gets each id's name, once
 */
export function idReader(
  places: readonly IdPlace[],
  streams: boolean,
  found: (name: string, place: IdPlace) => void,
): IdReader {
  let open = places.filter(({ ways }) => ways.length > 0);
  let head: Uint8Array = NOTHING;
  return {
    push(chunk) {
      if (open.length === 0) return;
      head = joined(head, chunk);
      const starts = streams ? dataStarts(head) : [0];
      open = open.filter((place) => {
        const names = namesAt(head, starts, place);
        for (const name of names) found(name, place);
        return names.length === 0;
      });
      if (head.length < HEAD_BYTES && open.length > 0) return;
      open = [];
      head = NOTHING;
    },
  };
}

const joined = (head: Uint8Array, chunk: Uint8Array): Uint8Array =>
  joinedBytes([head, chunk.subarray(0, HEAD_BYTES - head.length)]);

/** Where the data of events begin. */
function dataStarts(head: Uint8Array): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at >= 0; at = nextLine(head, at)) {
    if (DATA.every((byte, offset) => head[at + offset] === byte)) starts.push(at + DATA.length);
  }
  return starts;
}

function nextLine(head: Uint8Array, from: number): number {
  const end = head.indexOf(LF, from);
  return end < 0 ? -1 : end + 1;
}

/** The names at the first place where there are some. */
function namesAt(
  head: Uint8Array,
  starts: readonly number[],
  { ways, collection }: IdPlace,
): readonly string[] {
  for (const start of starts) {
    for (const way of ways) {
      const value = valueAt(head, start, way);
      const ids = value === null ? [] : idsIn(head, value);
      const names = ids.flatMap((id) => idName(collection, id) ?? []);
      if (names.length > 0) return names;
    }
  }
  return [];
}

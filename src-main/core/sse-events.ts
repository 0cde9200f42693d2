import { GatheredBytes } from './gathered-bytes.ts';

const LF = 0x0a;
const CR = 0x0d;

/** An event larger than this passes unread: no usage event comes near it. */
const MAX_HELD_BYTES = 1024 * 1024;

/** The place behind the first blank line from `from` on (LF LF or CR LF CR LF; CR alone is in no platform's use), or -1. */
function eventEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1];
    if (next === LF) return at + 2;
    if (next === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

/** Cuts a stream of server-sent events at their blank lines, whatever pieces it arrives in. */
export interface SseSplitter {
  /** Calls `event` with the bytes of each event that is complete now, its blank line included. */
  push(chunk: Uint8Array, event: (bytes: Uint8Array) => void): void;
  /** What came behind the last blank line. */
  rest(): Uint8Array;
}

/** @param overflow gets the bytes of an event that is too large to hold, as they come */
export function sseSplitter(overflow: (bytes: Uint8Array) => void): SseSplitter {
  const held = new GatheredBytes();
  let passing = false;
  return {
    push(chunk, event) {
      // A blank line may be split over two chunks, so the search starts a little before the new bytes.
      const searched = Math.max(0, held.length - 3);
      held.append(chunk);
      let bytes = held.view();
      for (let end = eventEnd(bytes, searched); end >= 0; end = eventEnd(bytes, 0)) {
        const whole = bytes.subarray(0, end);
        if (passing) overflow(whole);
        else event(whole);
        passing = false;
        bytes = bytes.subarray(end);
      }
      if (passing || bytes.length > MAX_HELD_BYTES) {
        // Keep enough to recognise a blank line that is not complete yet.
        const cut = Math.max(0, bytes.length - 3);
        overflow(bytes.subarray(0, cut));
        passing = true;
        bytes = bytes.subarray(cut);
      }
      if (bytes.length < held.length) held.restart(bytes);
    },
    rest() {
      const bytes = held.view();
      held.restart();
      return bytes;
    },
  };
}

/** The `data:` of an event, its lines joined (WHATWG HTML, "Server-sent events"); `null` where it has none. */
export function sseData(event: string): string | null {
  if (event.startsWith('data: ') && event.indexOf('\n') >= event.length - 2) return event.slice(6).trimEnd();
  const lines: string[] = [];
  for (const line of event.split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) lines.push(line.slice(line.charCodeAt(5) === 32 ? 6 : 5));
  }
  return lines.length === 0 ? null : lines.join('\n');
}

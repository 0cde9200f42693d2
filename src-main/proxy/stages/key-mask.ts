import { type ByteReplacer, byteReplacer } from '../../core/byte-replacer.ts';
import { maskSpelling } from '../../core/secret-spellings.ts';

export type KeyMask = ByteReplacer;

/** How an error begins in a stream of events: an error member that is none of `null`, or the event's name. */
const ERROR_EVENT = /"error"\s*:\s*["{]|event:\s?error/;
/** As much of a stream as may hold the beginning of such a mark. Bytes. */
const MARK_BYTES = 24;

/** Takes the channel's secrets out of an error answer that echoes them. @returns `null` where there are none */
export function keyMask(echoes: readonly string[]): KeyMask | null {
  const replacers = echoes
    .filter((echo) => echo !== '')
    .map((echo) => byteReplacer(Buffer.from(echo), Buffer.from(maskSpelling(echo))));
  return replacers.reduce<KeyMask | null>(
    (before, next) => (before === null ? next : chain(before, next)),
    null,
  );
}

const chain = (first: KeyMask, second: KeyMask): KeyMask => ({
  push: (chunk) => second.push(first.push(chunk)),
  end: () => Buffer.concat([second.push(first.end()), second.end()]),
});

/** The same for a stream of events, from its first error on: what comes before passes as it is, at once. */
export function eventKeyMask(echoes: readonly string[]): KeyMask | null {
  const mask = keyMask(echoes);
  if (mask === null) return null;
  let before = '';
  let failed = false;
  return {
    push(chunk) {
      if (failed) return mask.push(chunk);
      const text = before + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      failed = ERROR_EVENT.test(text);
      before = text.slice(-MARK_BYTES);
      return failed ? mask.push(chunk) : chunk;
    },
    end: () => mask.end(),
  };
}

import { type ByteReplacer, byteReplacer } from '../../core/byte-replacer.ts';
import { maskKey } from '../../core/mask-key.ts';

export type KeyMask = ByteReplacer;

/** Takes the channel's key out of an error answer that echoes it. @returns `null` where there is no key */
export function keyMask(secret: string | null): KeyMask | null {
  if (secret === null || secret === '') return null;
  return byteReplacer(Buffer.from(secret), Buffer.from(maskKey(secret)));
}

/** What stands for a secret that is not shown. */
export const MASK = '***';

/** Shorter secrets would be given away by their last characters. */
const SHORTEST_WITH_TAIL = 12;
const TAIL_LENGTH = 4;

/** A key as people and logs may see it: its last four characters, or none of a short one. */
export function maskKey(key: string): string {
  return key.length < SHORTEST_WITH_TAIL ? MASK : MASK + key.slice(-TAIL_LENGTH);
}

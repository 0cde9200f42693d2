import { randomBytes } from 'node:crypto';

export type RequestIds = () => string;

/**
 * Ids that are unique over processes and restarts and cost next to nothing: 48 random bits of this process,
 * then a counter.
 */
export function requestIds(): RequestIds {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return `req_${process}${count.toString(36).padStart(6, '0')}`;
  };
}

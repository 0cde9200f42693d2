import type { Context } from 'hono';
import { ProxyError } from '../contract/errors.ts';

/** A strong or weak entity tag (RFC 9110 §8.8.3). */
const TAGS = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/;

/** A version as `ETag`. */
export const etagOf = (version: string): string => `"${version}"`;

/** Whether a record of this version may be changed by the request; always where it sent no `If-Match`. */
export type Precondition = (version: string) => boolean;

/**
 * What `If-Match` asks for (RFC 9110 §13.1.1). Weak tags match nothing.
 * @returns `null` where the request has none
 * @throws ProxyError `bad_request`
 */
export function ifMatchOf(context: Context): Precondition | null {
  const header = context.req.header('if-match');
  if (header === undefined) return null;
  if (header.trim() === '*') return () => true;
  if (!TAGS.test(header)) {
    throw new ProxyError('bad_request', 'If-Match must be an ETag as it was answered, in double quotes.');
  }
  const tags = new Set(header.match(/(?:W\/)?"[^"]*"/g));
  return (version) => tags.has(etagOf(version));
}

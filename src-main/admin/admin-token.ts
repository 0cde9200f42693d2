import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { refuse } from './console-error.ts';

/** SHA-256 of an admin token, hexadecimal: the form in which it is stored. A token has 192 bits, so no salt is needed. */
export function hashAdminToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Lets through who shows an admin token.
 * @param hashes of the tokens that count, as {@link hashAdminToken} makes them
 */
export function adminOnly(hashes: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const token = /^bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return refuse(context, 'missing_admin_token', 'Send the admin token as bearer.');
    const given = Buffer.from(hashAdminToken(token));
    const known = hashes().map((hash) => Buffer.from(hash));
    if (!known.some((hash) => hash.length === given.length && timingSafeEqual(hash, given))) {
      return refuse(context, 'invalid_admin_token', 'This admin token is not valid.');
    }
    return next();
  };
}

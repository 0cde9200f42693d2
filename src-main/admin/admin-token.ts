import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of an admin token, hexadecimal: the form in which it is stored. A token has 192 bits, so no salt is needed. */
export function hashAdminToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The admin tokens that count. */
export interface AdminTokens {
  /** Of this run only; hashed as {@link hashAdminToken} does. */
  readonly runHash: string;
  /** Whether an admin chose it, so that the next run may have the same. */
  readonly isRunChosen: boolean;
  /** As the document stores it; `null` where none was made. Asked at each request. */
  readonly storedHash: () => string | null;
}

/** Which of the admin tokens this is, or `null`. */
export function recognise(
  token: string,
  { runHash, storedHash }: Pick<AdminTokens, 'runHash' | 'storedHash'>,
): { readonly kind: 'admin_token' | 'run_token'; readonly hash: string } | null {
  const given = hashAdminToken(token);
  const stored = storedHash();
  if (stored !== null && isSame(given, stored)) return { kind: 'admin_token', hash: stored };
  return isSame(given, runHash) ? { kind: 'run_token', hash: runHash } : null;
}

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

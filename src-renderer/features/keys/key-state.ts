import type { ProxyKey } from '../../../src-main/contract/document.ts';
import type { RecordOf } from '../../api/records.ts';

/** What a Proxy-Key is worth at a time. */
export type KeyState = 'active' | 'expiring' | 'expired' | 'disabled' | 'user_disabled';

/** A week: time enough to make another one. */
const SOON_MS = 7 * 86_400_000;

/** Whether a key opens anything, and for how long. @param nowMs epoch milliseconds */
export function keyStateOf(
  { status, expires_at, state }: Pick<RecordOf<'proxy-keys'>, 'status' | 'expires_at' | 'state'>,
  nowMs: number,
): KeyState {
  if (status === 'disabled') return 'disabled';
  // What the user decides is the server's to tell.
  if (state === 'user_disabled') return state;
  if (expires_at === undefined) return 'active';
  const leftMs = Date.parse(expires_at) - nowMs;
  if (leftMs <= 0) return 'expired';
  return leftMs <= SOON_MS ? 'expiring' : 'active';
}

/** Rotated keys that still open something; the server forgets the others with the next rotation. */
export function validPrevious(
  { previous = [] }: Pick<ProxyKey, 'previous'>,
  nowMs: number,
): readonly { readonly key: string; readonly expires_at: string }[] {
  return previous.filter(({ expires_at }) => Date.parse(expires_at) > nowMs);
}

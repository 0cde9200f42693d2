import type { Outcome } from '../../contract/request-record.ts';
import type { SessionError } from '../../core/websocket/session-usage.ts';
import type { Farewell } from './direction.ts';

/** Closes that are nobody's fault: done, going away, no code given (RFC 6455 §7.4.1). */
const IN_PEACE: readonly (number | null)[] = [1000, 1001, null];

/** How a session ended, for its record. */
export interface Ending {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string | null;
}

/** The close that came first: the other side only answers it (RFC 6455 §5.5.1). */
export interface Parting {
  readonly byPlatform: boolean;
  readonly farewell: Farewell;
}

/** Nobody is to blame. */
export const GOOD: Ending = { outcome: 'success', code: null, message: null };

/** Who closed decides: the platform's complaint is its error, in the words it told before; the client's is nobody's. */
export function endingOf(parting: Parting | null, told: SessionError | null): Ending {
  if (parting?.byPlatform !== true || IN_PEACE.includes(parting.farewell.code)) return GOOD;
  if (told !== null) return told;
  const { code, reason } = parting.farewell;
  return {
    outcome: 'platform_error',
    code: `websocket_close_${code}`,
    message: reason === '' ? null : reason,
  };
}

/** How a channel does. */
export type ChannelState = 'disabled' | 'unused' | 'working' | 'troubled' | 'failing';

/** What is known of a channel's last requests. */
export interface ChannelFigures {
  readonly requests: number;
  readonly success: number;
  /** Cut off by the client: nobody knows what would have come of them. */
  readonly aborted: number;
}

const GOOD = 0.95;
const BAD = 0.5;

/** The share of requests that went well, of those that came to an end; `null` without any. */
export function successRate({ requests, success, aborted }: ChannelFigures): number | null {
  const ended = requests - aborted;
  return ended <= 0 ? null : success / ended;
}

/** A channel's state in one word. @param figures of the last hour; `undefined` where there are none */
export function stateOf(
  status: 'active' | 'disabled' | undefined,
  figures: ChannelFigures | undefined,
): ChannelState {
  if (status === 'disabled') return 'disabled';
  const rate = figures === undefined ? null : successRate(figures);
  if (rate === null) return 'unused';
  if (rate >= GOOD) return 'working';
  return rate >= BAD ? 'troubled' : 'failing';
}

import { CHANNEL_KEY, type Target } from '../target.ts';

/** The upstream itself, without a gateway: what the load generators and the upstream can do at most. */
export function directTarget(upstreamPort: number): Target {
  return { port: upstreamPort, keys: [CHANNEL_KEY], headers: {} };
}

import type { Duplex } from 'node:stream';
import type { UpstreamCall, UpstreamHandler, UpstreamRequest, UpstreamTarget } from './ports.ts';

/** What happens to a handshake: the platform switches protocols, or answers like any other request. */
export interface UpgradeHandler extends UpstreamHandler {
  /**
   * The platform answered 101. Nothing more is called.
   * @param headers raw names and values by turns
   * @param socket whose bytes from here on are frames; paused
   * @param first what came along with the answer
   */
  upgraded(headers: readonly string[], socket: Duplex, first: Uint8Array): void;
}

/** Opens a connection for one handshake. Within the target's time to connect; no answer is the caller's to limit. */
export type OpenTunnel = (
  target: UpstreamTarget,
  request: UpstreamRequest,
  handler: UpgradeHandler,
) => UpstreamCall;

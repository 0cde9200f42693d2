import type { TrialEvent, TrialQuestion } from '../../contract/key-trial.ts';

/** A channel that a Proxy-Key leads to. */
export interface ReachableChannel {
  readonly id: string;
  readonly name: string;
  /** The platform's id. */
  readonly platform: string;
  /** Models that may be asked for there, as far as they are known without asking the platform. */
  readonly models: readonly string[];
}

/** A request to this program's own proxy, as any client would send it. */
export interface OwnRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** The proxy's answer. */
export interface OwnAnswer {
  readonly status: number;
  readonly requestId: string | null;
  readonly contentType: string;
  /** Throws where the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request to the proxy's own listener. Rejects where it does not answer. */
export type SendToOwnProxy = (request: OwnRequest, signal: AbortSignal) => Promise<OwnAnswer>;

/** Requests that an admin sends with somebody's Proxy-Key, which itself stays here. */
export interface KeyTrials {
  /** Where a key leads, best first; `null` where the proxy does not know it. */
  channelsOf(keyId: string): readonly ReachableChannel[] | null;
  /**
   * Sends a request the way the key's holder would: through the proxy's listener, counted and logged like theirs.
   * @returns `null` where the proxy does not know the key
   */
  ask(keyId: string, question: TrialQuestion, signal: AbortSignal): AsyncIterable<TrialEvent> | null;
}

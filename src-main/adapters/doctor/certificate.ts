import type { PeerCertificate, TLSSocket } from 'node:tls';
import { codeOf } from './step.ts';

/** A certificate as it was shown, and what Node thinks of it. */
export interface SeenCertificate {
  readonly issuer: string;
  readonly validFromMs: number;
  readonly validUntilMs: number;
  /** Node's code, such as `CERT_HAS_EXPIRED`; `null`: it is good. */
  readonly fault: string | null;
}

/** The certificate of a handshake that is over. */
export function certificateOf(socket: TLSSocket): SeenCertificate {
  // Node's types leave out that there may be none.
  const shown: Partial<PeerCertificate> = socket.getPeerCertificate();
  const { O, CN } = shown.issuer ?? {};
  const fault: unknown = socket.authorizationError;
  return {
    issuer: String(O ?? CN ?? 'an unnamed issuer'),
    validFromMs: Date.parse(shown.valid_from ?? ''),
    validUntilMs: Date.parse(shown.valid_to ?? ''),
    fault: socket.authorized ? null : fault instanceof Error ? codeOf(fault) : String(fault),
  };
}

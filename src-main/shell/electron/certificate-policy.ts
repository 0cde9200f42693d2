import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { isOfConsole } from './console-origin.ts';

/** The SHA-256 of a certificate (DER), spelt as Electron spells it: `sha256/` and base64. */
export const fingerprintOf = (der: Uint8Array): string =>
  `sha256/${createHash('sha256').update(der).digest('base64')}`;

/**
 * Whether a certificate that the browser does not trust is accepted: only the very one that the console of this same
 * process serves. It usually names the company's host, not the loopback address that the window uses.
 */
export function isPinned(
  asked: { readonly url: string; readonly fingerprint: string },
  consoleUrl: string,
  ownFingerprint: string | null,
): boolean {
  return (
    ownFingerprint !== null &&
    new URL(consoleUrl).protocol === 'https:' &&
    isOfConsole(asked.url, consoleUrl) &&
    asked.fingerprint === ownFingerprint
  );
}

/** The certificate that the console serves now: it may be renewed while the program runs. `null` without TLS. */
export async function consoleFingerprint(consoleUrl: string): Promise<string | null> {
  const { protocol, hostname, port } = new URL(consoleUrl);
  if (protocol !== 'https:') return null;
  // The port is held by this process, so that whoever answers there is the console itself.
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 443),
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect');
    return fingerprintOf(socket.getPeerCertificate().raw);
  } catch {
    return null;
  } finally {
    socket.destroy();
  }
}

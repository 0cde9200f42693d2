import type { ChannelKey, CompiledChannel } from '../compiled-channel.ts';
import type { UpstreamRequest } from '../ports.ts';
import { withoutNames } from '../response-headers.ts';

/** Frames could not be read if both sides agreed on an extension (RFC 6455 §9). */
const EXTENSIONS: ReadonlySet<string> = new Set(['sec-websocket-extensions']);

/**
 * A rewritten request as a WebSocket handshake (RFC 6455 §4.1): what belongs to this hop is said anew, and the key
 * moves into the query where the platform wants it there.
 */
export function handshakeRequest(
  request: UpstreamRequest,
  { platform: { webSocketKeyMember: member } }: CompiledChannel,
  key: ChannelKey | null,
): UpstreamRequest {
  const inQuery = member !== undefined && key !== null;
  const dropped = inQuery ? new Set([...EXTENSIONS, key.header[0]]) : EXTENSIONS;
  const headers = withoutNames(request.headers, dropped);
  headers.push('connection', 'Upgrade', 'upgrade', 'websocket');
  if (!inQuery) return { ...request, headers };
  const mark = request.path.includes('?') ? '&' : '?';
  return { ...request, headers, path: `${request.path}${mark}${member}=${encodeURIComponent(key.secret)}` };
}

const OWN = new Set(['connection', 'upgrade', 'sec-websocket-extensions']);

/** The head of our answer to a client whose handshake the platform has taken. @param headers as they go on to the client */
export function switchingHead(headers: readonly string[]): string {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'connection: Upgrade', 'upgrade: websocket'];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (!OWN.has(name.toLowerCase())) lines.push(`${name}: ${headers[i + 1] ?? ''}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The part of a request's head that a handshake shows in. */
interface Asking {
  readonly method?: string | undefined;
  readonly rawHeaders: readonly string[];
}

const hasKey = (rawHeaders: readonly string[]): boolean =>
  rawHeaders.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'sec-websocket-key');

/**
 * Whether a client asks for WebSocket, perhaps among other protocols (RFC 9110 §7.8). A handshake is a GET (RFC 6455
 * §4.1). Proxies in front write `Upgrade` on everything: another request asks only where it has a handshake's key, and is
 * refused then; without one it is served as if it had not asked.
 */
export function asksForWebSocket({ method, rawHeaders }: Asking): boolean {
  return offersWebSocket(rawHeaders) && (method === 'GET' || hasKey(rawHeaders));
}

function offersWebSocket(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some((name, at) => {
    if (at % 2 !== 0 || name.toLowerCase() !== 'upgrade') return false;
    const protocols = rawHeaders[at + 1]?.split(',') ?? [];
    return protocols.some((protocol) => protocol.trim().toLowerCase() === 'websocket');
  });
}

/** The version of the protocol there is (RFC 6455 §4.1), and a key of 16 bytes in base64. */
export function isHandshake(rawHeaders: readonly string[]): boolean {
  let version = '';
  let key = '';
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase();
    if (name === 'sec-websocket-version') version = rawHeaders[i + 1] ?? '';
    if (name === 'sec-websocket-key') key = rawHeaders[i + 1] ?? '';
  }
  return version.trim() === '13' && /^[A-Za-z0-9+/]{22}==$/.test(key.trim());
}

const ONCE: ReadonlySet<string> = new Set(['sec-websocket-key', 'sec-websocket-version']);

/** Why a handshake cannot be understood, or `null`: it is HTTP/1.1 or later, and says each of these once (RFC 6455 §4.1). */
export function handshakeFault(httpVersion: string, rawHeaders: readonly string[]): string | null {
  if (httpVersion === '1.0') return 'a WebSocket handshake needs HTTP/1.1';
  const seen = new Set<string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) return `the WebSocket handshake has ${name} more than once`;
    seen.add(name);
  }
  return null;
}

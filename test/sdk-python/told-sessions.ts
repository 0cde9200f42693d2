import { createHash } from 'node:crypto';
import type { RealtimeSession, SeenMessage } from '../support/stand-ins/realtime-platform.ts';
import type { NamedRealtimeStandIn } from './platforms.ts';

/** Longer messages are told by length and hash only. */
const TOLD_BYTES = 4096;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const audioOf = ({ sent }: RealtimeSession): Buffer =>
  Buffer.concat(sent.filter(({ binary }) => binary).map(({ bytes }) => bytes));

const toldMessage = ({ binary, bytes }: SeenMessage): object => ({
  binary,
  sha256: sha256(bytes),
  text: binary || bytes.length > TOLD_BYTES ? null : String(bytes),
});

/** Where a secret stands: `header authorization`, `url`, `message`. */
function placesOf(secret: string, { handshake, received }: RealtimeSession): string[] {
  const places = handshake.url.includes(secret) ? ['url'] : [];
  for (const [name, value] of Object.entries(handshake.headers))
    if (String(value).includes(secret)) places.push(`header ${name}`);
  return received.some(({ bytes }) => bytes.includes(secret)) ? [...places, 'message'] : places;
}

/** The WebSocket sessions of the platforms as the witness tells them. */
export function toldSessions(
  realtime: readonly NamedRealtimeStandIn[],
  proxyKeys: readonly string[],
): object[] {
  return realtime.flatMap(({ channel, standIn }) =>
    standIn.sessions.map((session) => ({
      // Every one of these channels is ann's.
      user: 'ann',
      channel,
      address: standIn.url.replace('http', 'ws'),
      path: session.url.pathname,
      received: session.received.map(toldMessage),
      sent: session.sent.map(toldMessage),
      audio_sha256: sha256(audioOf(session)),
      channel_key_places: placesOf(standIn.apiKey, session),
      proxy_key_places: proxyKeys.flatMap((key) => placesOf(key, session)),
      usage: session.usage,
      // Tests compare some with what the platform does without a gateway.
      proxied: session.handshake.headers['x-aiproxy-hops'] !== undefined,
      ending: session.complained ? 'cut' : 'answered',
      status: 101,
    })),
  );
}

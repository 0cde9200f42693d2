import { nextTurn } from './raw-session.ts';

/** How the bytes of a case come over the wire. */
export type Delivery = 'at once' | 'in single bytes' | 'with the handshake';

export const DELIVERIES: readonly Delivery[] = ['at once', 'in single bytes', 'with the handshake'];

/** Longer ones would take too long byte by byte; the odd piece size never meets a frame's end by chance. */
const MOST_SINGLE_BYTES = 1_500;
const PIECE_BYTES = 1_021;

/** Sends bytes in pieces that arrive as such. */
export async function sendChopped(send: (piece: Uint8Array) => void, bytes: Uint8Array): Promise<void> {
  const step =
    bytes.length <= MOST_SINGLE_BYTES ? 1 : bytes.length < 100_000 ? PIECE_BYTES : 64 * PIECE_BYTES;
  for (let at = 0; at < bytes.length; at += step) {
    send(bytes.subarray(at, at + step));
    await nextTurn();
  }
}

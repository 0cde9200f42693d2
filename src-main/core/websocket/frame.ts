/** The kinds of frames (RFC 6455 §5.2). */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Whether frames of this kind stand outside of messages (RFC 6455 §5.5). */
export const isControl = (opcode: number): boolean => opcode >= OPCODE.close;

/** What stands at the beginning of a frame (RFC 6455 §5.2). */
export interface FrameHead {
  readonly fin: boolean;
  readonly opcode: number;
  /** `null` where the payload is not masked. */
  readonly mask: Uint8Array | null;
  /** Of the payload, in bytes. */
  readonly length: number;
  /** Of the head itself, in bytes. */
  readonly headLength: number;
}

/** The longest head: two bytes, a length of eight, a mask of four. */
export const LONGEST_HEAD = 14;

/** Reads the head of the frame that begins at `at`; `null` while it is not all there. */
export function readFrameHead(bytes: Uint8Array, at: number): FrameHead | null {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === undefined || second === undefined) return null;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const isMasked = (second & 0x80) !== 0;
  const headLength = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length - at < headLength) return null;
  const maskAt = at + 2 + lengthBytes;
  return {
    fin: (first & 0x80) !== 0,
    opcode: first & 0x0f,
    mask: isMasked ? new Uint8Array(bytes.subarray(maskAt, maskAt + 4)) : null,
    length: lengthBytes === 0 ? short : bigEndian(bytes, at + 2, lengthBytes),
    headLength,
  };
}

function bigEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** The largest payload of a control frame, bytes (RFC 6455 §5.5). */
export const LARGEST_CONTROL = 125;

/**
 * A control frame.
 * @param mask four random bytes where it goes to a server, `null` where it goes to a client
 * @throws RangeError for a payload over 125 bytes
 */
export function controlFrame(opcode: number, payload: Uint8Array, mask: Uint8Array | null): Uint8Array {
  if (payload.length > LARGEST_CONTROL) throw new RangeError('a control frame carries at most 125 bytes');
  const headLength = mask === null ? 2 : 6;
  const frame = new Uint8Array(headLength + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = (mask === null ? 0 : 0x80) | payload.length;
  if (mask !== null) frame.set(mask, 2);
  frame.set(mask === null ? payload : unmasked(payload, mask, 0), headLength);
  return frame;
}

/** A text message in one frame, for a client: unmasked (RFC 6455 §5.1). */
export function textFrame(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const { length } = payload;
  const lengthBytes = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 0xff] : null;
  if (lengthBytes === null) throw new RangeError('a message of ours is shorter than 64 KiB');
  const frame = new Uint8Array(1 + lengthBytes.length + length);
  frame[0] = 0x80 | OPCODE.text;
  frame.set(lengthBytes, 1);
  frame.set(payload, 1 + lengthBytes.length);
  return frame;
}

/**
 * The payload of a close frame (RFC 6455 §5.5.1).
 * @param code one that may stand in a frame: never 1005, 1006 or 1015
 * @param reason cut to what fits, at a character's end
 */
export function closePayload(code: number, reason: string): Uint8Array {
  const text = new Uint8Array(LARGEST_CONTROL - 2);
  const { written } = new TextEncoder().encodeInto(reason, text);
  const payload = new Uint8Array(2 + written);
  payload[0] = code >> 8;
  payload[1] = code & 0xff;
  payload.set(text.subarray(0, written), 2);
  return payload;
}

/** Applies a mask, or takes it off (RFC 6455 §5.3). @param phase how many bytes of the payload came before */
export function unmasked(bytes: Uint8Array, mask: Uint8Array, phase: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) {
    result[i] = (bytes[i] ?? 0) ^ (mask[(phase + i) & 3] ?? 0);
  }
  return result;
}

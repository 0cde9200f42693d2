/** A frame as a test spells it. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  /** Left out: the last frame of its message. */
  readonly fin?: false;
  /** The reserved bits, 1 to 7. */
  readonly rsv?: number;
  /** Spells the length in 2 or 8 bytes although fewer would do. */
  readonly lengthBytes?: 2 | 8;
  /** A length that is not the payload's, in 8 bytes. */
  readonly claims?: bigint;
}

const MASK = [0x37, 0xfa, 0x21, 0x3d] as const;

/** Frames by their names in RFC 6455 §5.2. */
export const text = (payload: string | Uint8Array, more: Partial<RawFrame> = {}): RawFrame => ({
  opcode: 1,
  payload,
  ...more,
});
export const binary = (payload: string | Uint8Array): RawFrame => ({ opcode: 2, payload });
export const more = (payload: string | Uint8Array, isLast = true): RawFrame => ({
  opcode: 0,
  payload,
  ...(isLast ? {} : { fin: false }),
});
export const ping = (payload: string | Uint8Array = ''): RawFrame => ({ opcode: 9, payload });
export const pong = (payload: string | Uint8Array = ''): RawFrame => ({ opcode: 10, payload });
/** A close frame; without a code its payload is empty. */
export const close = (code?: number, reason: string | Uint8Array = ''): RawFrame => ({
  opcode: 8,
  payload:
    code === undefined ? '' : Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]),
});

function lengthField({ lengthBytes, claims }: RawFrame, length: number): readonly number[] {
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(claims ?? BigInt(length));
  if (claims !== undefined || lengthBytes === 8 || length > 0xffff) return [127, ...long];
  return lengthBytes === 2 || length > 125 ? [126, length >> 8, length & 255] : [length];
}

/** The bytes of a frame (RFC 6455 §5.2), written independently of the code under test. */
export function rawFrame(frame: RawFrame, masked: boolean): Uint8Array {
  const payload = Buffer.from(frame.payload ?? '');
  const [short = 0, ...extended] = lengthField(frame, payload.length);
  const first = (frame.fin === false ? 0 : 0x80) | ((frame.rsv ?? 0) << 4) | frame.opcode;
  const head = [first, (masked ? 0x80 : 0) | short, ...extended, ...(masked ? MASK : [])];
  if (masked) for (const [at, byte] of payload.entries()) payload[at] = byte ^ (MASK[at % 4] ?? 0);
  return Buffer.concat([Buffer.from(head), payload]);
}

/** A frame as it was read: its opcode with the bits before it, and its payload without mask. */
export interface ReadFrame {
  readonly first: number;
  readonly payload: Buffer;
}

/** Takes frames apart; what is left over is no whole frame. */
export function readFrames(bytes: Buffer): readonly ReadFrame[] {
  const frames: ReadFrame[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const second = bytes.readUInt8(at + 1);
    const short = second & 127;
    const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
    const isMasked = second > 127;
    const start = at + 2 + lengthBytes + (isMasked ? 4 : 0);
    if (start > bytes.length) break;
    const length =
      lengthBytes === 8
        ? Number(bytes.readBigUInt64BE(at + 2))
        : lengthBytes === 2
          ? bytes.readUInt16BE(at + 2)
          : short;
    if (start + length > bytes.length) break;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    const mask = isMasked ? bytes.subarray(start - 4, start) : null;
    if (mask !== null) for (const [i, byte] of payload.entries()) payload[i] = byte ^ (mask[i % 4] ?? 0);
    frames.push({ first: bytes.readUInt8(at), payload });
    at = start + length;
  }
  return frames;
}

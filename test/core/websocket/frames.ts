import fc from 'fast-check';

/** A frame as some client or server might send it. */
export interface SampleFrame {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly mask: Uint8Array | null;
}

/** The frame's bytes, written after RFC 6455 §5.2, independently of the code under test. */
export function frameBytes({ fin, rsv, opcode, payload, mask }: SampleFrame): Uint8Array {
  const { length } = payload;
  const lengthField =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, (length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  const [first = 0, ...rest] = lengthField;
  const masked = mask === null ? payload : payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Uint8Array.from([
    (fin ? 0x80 : 0) | (rsv << 4) | opcode,
    (mask === null ? 0 : 0x80) | first,
    ...rest,
    ...(mask ?? []),
    ...masked,
  ]);
}

/** Frames of any kind, valid or not: a tunnel judges none of them. */
export const anyFrame: fc.Arbitrary<SampleFrame> = fc.record({
  fin: fc.boolean(),
  rsv: fc.nat(7),
  opcode: fc.nat(15),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.uint8Array({ minLength: 120, maxLength: 130 }),
    fc.constant(new Uint8Array(66_000).fill(7)),
  ),
  mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: null }),
});

/** Bytes cut into chunks at the given places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((until, index) => bytes.slice(cuts[index], until));
}

export const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

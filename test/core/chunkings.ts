import * as fc from 'fast-check';

/** Ways to cut bytes into pieces, empty ones among them. */
export const chunkings: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array[]> = fc
  .array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 12 })
  .map((sizes) => (bytes) => {
    const pieces: Uint8Array[] = [];
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = turn < sizes.length ? (sizes[turn] ?? 1) : bytes.length;
      pieces.push(bytes.slice(at, at + size));
      at += size;
    }
    return pieces;
  });

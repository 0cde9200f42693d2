import { createHash } from 'node:crypto';

/** Bodies up to this size are kept whole; of larger ones only length and hash stay. */
export const KEPT_BYTES = 1024 * 1024;

/** A request body as it was sent or as it arrived. */
export interface BodyDigest {
  /** `null` above 1 MiB. */
  readonly bytes: Buffer | null;
  readonly length: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The hexadecimal SHA-256 of some bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Digests a body that is at hand as a whole. */
export function digestOf(bytes: Buffer): BodyDigest {
  return {
    bytes: bytes.length > KEPT_BYTES ? null : bytes,
    length: bytes.length,
    sha256: sha256(bytes),
  };
}

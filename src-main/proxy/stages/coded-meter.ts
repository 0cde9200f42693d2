import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { BLIND_METER, type ResponseMeter } from '../../core/response-meter.ts';

/** An answer that unpacks to more than this is metered no further: it may be made to do so. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
const NOTHING: readonly Uint8Array[] = [];

function decoderFor(coding: string): Transform | null {
  switch (coding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}

/** Meters a coded answer from an unpacked copy; the coded bytes themselves pass as they are. */
export function codedMeter(coding: string, inner: ResponseMeter): ResponseMeter {
  const decoder = decoderFor(coding);
  if (decoder === null) return BLIND_METER;
  let inflated = 0;
  let readable = true;
  decoder.on('data', (chunk: Uint8Array) => {
    inflated += chunk.length;
    if (inflated > MAX_INFLATED_BYTES) decoder.destroy(new Error('too large'));
    else inner.push(chunk);
  });
  decoder.on('error', () => {
    readable = false;
  });
  const settled = new Promise<void>((resolve) => decoder.once('close', resolve));
  return {
    push(chunk) {
      if (!decoder.destroyed) decoder.write(chunk);
      return [chunk];
    },
    end() {
      decoder.end();
      return NOTHING;
    },
    // What is read from a copy is known a little after the last byte went on.
    settled,
    result() {
      inner.end();
      const metered = inner.result();
      // Of an end that could not be read nothing is known, so nobody is cut off for it.
      return readable ? metered : { ...metered, complete: true };
    },
  };
}

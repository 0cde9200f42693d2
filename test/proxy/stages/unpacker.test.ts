import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isCoded, Unpacker } from '../../../src-main/proxy/stages/unpacker.ts';

/** What comes out of the pieces, and how often that failed. */
async function unpacked(coding: string, pieces: readonly Uint8Array[]) {
  const chunks: Uint8Array[] = [];
  let failures = 0;
  const unpacker = Unpacker.of(coding, {
    plain: (chunk) => void chunks.push(chunk),
    failed: () => {
      failures += 1;
    },
  });
  for (const piece of pieces) unpacker?.write(piece);
  await unpacker?.end();
  return { text: Buffer.concat(chunks).toString(), failures };
}

const bytesOf = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));

describe('taking codings off', () => {
  it.each([
    ['gzip', gzipSync('a body')],
    ['x-gzip', gzipSync('a body')],
    ['deflate', deflateSync('a body')],
    ['deflate', deflateRawSync('a body')],
    ['br', brotliCompressSync('a body')],
    ['zstd', zstdCompressSync('a body')],
    ['deflate, gzip', gzipSync(deflateSync('a body'))],
    ['deflate, identity, br', brotliCompressSync(deflateRawSync('a body'))],
  ])('gives the same however it arrives: %s', async (coding, bytes) => {
    const whole = { text: 'a body', failures: 0 };
    expect(await unpacked(coding, [bytes])).toEqual(whole);
    expect(await unpacked(coding, bytesOf(bytes))).toEqual(whole);
  });

  it.each([
    ['lies about its coding', 'gzip', Buffer.from('no gzip at all')],
    ['is cut', 'gzip', gzipSync('a body').subarray(0, -9)],
    ['is one byte', 'deflate', Buffer.from('x')],
    ['lies about its inner coding', 'br, gzip', gzipSync(Buffer.alloc(4 * 1024 * 1024, 'x'))],
    ['asks for a window of 128 MiB', 'zstd', Buffer.from('28b52ffd0088010000', 'hex')],
  ])('fails once, and ends, where a body %s', async (_, coding, bytes) => {
    expect(await unpacked(coding, [bytes])).toEqual({ text: expect.any(String), failures: 1 });
  });

  it('goes through a bomb in two codings without losing a byte', async () => {
    const size = 8 * 1024 * 1024;
    const { text, failures } = await unpacked('gzip, gzip', [gzipSync(gzipSync(Buffer.alloc(size, 'x')))]);
    expect([text.length, failures]).toEqual([size, 0]);
  });

  it('knows what is coded, and does not begin what it does not know', () => {
    const taker = { plain: () => undefined, failed: () => undefined };
    expect(['gzip', 'lz4', 'gzip, gzip, gzip'].every(isCoded)).toBe(true);
    expect([null, '', 'identity', ' Identity,'].some(isCoded)).toBe(false);
    for (const coding of [null, 'identity', 'lz4', 'gzip, lz4', 'gzip, gzip, gzip'])
      expect(Unpacker.of(coding, taker)).toBeNull();
  });
});

import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src-main/proxy/stages/coded-error.ts';

function plain(coding: string, ...chunks: readonly Uint8Array[]): string {
  const coded = new CodedError(coding);
  for (const chunk of chunks) coded.push(chunk);
  return Buffer.from(coded.plain()).toString();
}

describe('a coded error answer', () => {
  it('is unpacked as a whole, however it arrived', () => {
    const bytes = gzipSync('an error');
    expect(plain(' GZIP ', bytes.subarray(0, 5), bytes.subarray(5))).toBe('an error');
    expect(plain('zstd', zstdCompressSync('an error'))).toBe('an error');
  });

  it('is empty where it came empty, as to HEAD', () => expect(plain('gzip')).toBe(''));

  it('is not held beyond what an error may be', () => {
    const pieces = Array.from({ length: 40 }, () => Buffer.alloc(32 * 1024));
    expect(plain('gzip', gzipSync('an error'), ...pieces)).toBe('');
  });

  it('is not unpacked beyond what an error may be', () => {
    expect(plain('gzip', gzipSync(Buffer.alloc(5 * 1024 * 1024)))).toBe('');
  });
});

import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src-main/proxy/stages/coded-error.ts';

async function plain(coding: string, ...chunks: readonly Uint8Array[]): Promise<string> {
  const coded = new CodedError(coding);
  for (const chunk of chunks) coded.push(chunk);
  await coded.end();
  return Buffer.from(coded.body()).toString();
}

describe('a coded error answer', () => {
  it('is unpacked as a whole, however it arrived', async () => {
    const bytes = gzipSync('an error');
    expect(await plain(' GZIP ', bytes.subarray(0, 5), bytes.subarray(5))).toBe('an error');
    expect(await plain('zstd', zstdCompressSync('an error'))).toBe('an error');
  });

  it('is empty where it came empty, as to HEAD', async () => expect(await plain('gzip')).toBe(''));

  it('is empty until it has ended', () => {
    const coded = new CodedError('gzip');
    coded.push(gzipSync('an error'));
    expect(coded.body()).toHaveLength(0);
  });

  it('is not held beyond what an error may be', async () => {
    const pieces = Array.from({ length: 40 }, () => Buffer.alloc(32 * 1024));
    expect(await plain('gzip', gzipSync('an error'), ...pieces)).toBe('');
  });

  it('is not unpacked beyond what an error may be', async () => {
    expect(await plain('gzip', gzipSync(Buffer.alloc(5 * 1024 * 1024)))).toBe('');
  });
});

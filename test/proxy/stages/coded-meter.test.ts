import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src-main/core/classify.ts';
import { jsonMeter } from '../../../src-main/core/metering/json-meter.ts';
import { streamMeter } from '../../../src-main/core/metering/stream-meter.ts';
import { codedMeter } from '../../../src-main/proxy/stages/coded-meter.ts';

const ANSWER = JSON.stringify({ id: 'x', usage: { prompt_tokens: 3, completion_tokens: 4 } });

/** What goes on to the client, and the usage that is known in the end. */
async function metered(coding: string, ...pieces: readonly Uint8Array[]) {
  const meter = codedMeter(coding, jsonMeter(null));
  const sent = pieces.flatMap((piece) => [...meter.push(piece)]);
  sent.push(...meter.end());
  await meter.caughtUp?.();
  const { usage } = meter.result();
  return { sent: Buffer.concat(sent), tokens: [usage.tokens_in, usage.tokens_out] };
}

describe('a coded answer', () => {
  it.each([
    ['gzip', gzipSync(ANSWER)],
    ['X-GZIP', gzipSync(ANSWER)],
    ['deflate', deflateSync(ANSWER)],
    ['br', brotliCompressSync(ANSWER)],
  ])('passes as it is, and is metered from an unpacked copy: %s', async (coding, bytes) => {
    const { sent, tokens } = await metered(coding, bytes.subarray(0, 7), bytes.subarray(7));
    expect(sent.equals(bytes)).toBe(true);
    expect(tokens).toEqual([3, 4]);
  });

  it.each([
    ['of an unknown kind', 'secret-coding', Buffer.from(ANSWER)],
    ['that is broken', 'gzip', Buffer.from('no gzip at all')],
    ['that is cut', 'gzip', gzipSync(ANSWER).subarray(0, 20)],
    ['that is empty', 'gzip', Buffer.alloc(0)],
  ])('passes as it is, unmetered, where it comes in a coding %s', async (_, coding, bytes) => {
    const { sent, tokens } = await metered(coding, bytes);
    expect(sent.equals(bytes)).toBe(true);
    expect(tokens).toEqual([null, null]);
  });

  it('that unpacks to more than anybody answers is metered no further', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.alloc(80 * 1024 * 1024, ' '), Buffer.from(ANSWER)]));
    const { sent, tokens } = await metered('gzip', bomb);
    expect(sent.equals(bomb)).toBe(true);
    expect(tokens).toEqual([null, null]);
  });
});

describe('a coded stream', () => {
  async function completeOf(bytes: Uint8Array): Promise<boolean> {
    const operation = classify('/v1/chat/completions', null);
    const meter = codedMeter(
      'gzip',
      streamMeter({ operation, hidesUsage: false, endsWithDone: true, rewrite: null }),
    );
    meter.push(bytes);
    meter.end();
    await meter.caughtUp?.();
    return meter.result().complete;
  }

  it('that can be read is complete only by its closing event', async () => {
    expect(await completeOf(gzipSync('data: {}\n\ndata: [DONE]\n\n'))).toBe(true);
    expect(await completeOf(gzipSync('data: {}\n\n'))).toBe(false);
  });

  it('that cannot be read is not taken for broken off', async () => {
    expect(await completeOf(Buffer.from('no gzip at all'))).toBe(true);
    expect(await completeOf(gzipSync(Buffer.alloc(70 * 1024 * 1024, ' ')))).toBe(true);
  });
});

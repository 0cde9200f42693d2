import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anyFrame, cutAt, frameBytes } from '../core/websocket/frames.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { rounds } from '../support/long-run.ts';
import { type GatewayOnAClock, startOnAClock } from './raw/gateway-on-a-clock.ts';
import { readFrames } from './raw/raw-frame.ts';
import { nextTurn, openRaw, type RawPlatform, startRawPlatform } from './raw/raw-session.ts';

const cleanUp = createCleanUp();
let platform: RawPlatform;
let gateway: GatewayOnAClock;
beforeAll(async () => {
  platform = cleanUp.closing(await startRawPlatform());
  gateway = await startOnAClock(cleanUp, platform.url);
});
afterAll(cleanUp.run);

/**
 * Frames of one direction, where they are cut, and behind which piece half a minute of silence lies: one each way, since
 * these peers answer no ping and would be given up after 70 s.
 */
const traffic = fc.record({
  frames: fc.array(anyFrame, { maxLength: 10 }).map((frames) => Buffer.concat(frames.map(frameBytes))),
  cuts: fc.array(fc.nat(200_000), { maxLength: 20 }),
  silences: fc.array(fc.nat(20), { maxLength: 1 }),
});

interface Traffic {
  readonly frames: Buffer;
  readonly cuts: readonly number[];
  readonly silences: readonly number[];
}

async function send({ frames, cuts, silences }: Traffic, to: (piece: Uint8Array) => void): Promise<void> {
  for (const [at, piece] of cutAt(frames, cuts).entries()) {
    to(piece);
    await nextTurn();
    if (silences.includes(at)) await gateway.pass(31);
  }
}

/** The frames without the gateway's own pings: those of twelve bytes that the sender did not send. */
function withoutOurs(bytes: Buffer, sent: Buffer): Buffer {
  const isTheirs = (payload: Buffer) => readFrames(sent).some((frame) => frame.payload.equals(payload));
  let rest = bytes;
  for (const { first, payload } of readFrames(bytes)) {
    if (first === 0x89 && payload.length === 12 && !isTheirs(payload)) rest = withoutPing(rest, payload);
  }
  return rest;
}

function withoutPing(bytes: Buffer, payload: Buffer): Buffer {
  let at = 0;
  while (at < bytes.length) {
    const [frame] = readFrames(bytes.subarray(at));
    if (frame === undefined) return bytes;
    const isMasked = bytes.readUInt8(at + 1) > 127;
    const short = bytes.readUInt8(at + 1) & 127;
    const length =
      2 + (short === 127 ? 8 : short === 126 ? 2 : 0) + (isMasked ? 4 : 0) + frame.payload.length;
    if (frame.first === 0x89 && frame.payload.equals(payload)) {
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    }
    at += length;
  }
  return bytes;
}

it('any frames, cut anywhere, both ways at once and through silences, arrive as the same bytes in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(traffic, traffic, async (up, down) => {
      const { client, frames } = await openRaw(gateway.port);
      const { connection, frames: seen } = await platform.session();
      await Promise.all([send(up, client.send), send(down, connection.send)]);
      await expect.poll(() => withoutOurs(seen(), up.frames).length).toBe(up.frames.length);
      await expect.poll(() => withoutOurs(frames(), down.frames).length).toBe(down.frames.length);
      expect(withoutOurs(seen(), up.frames).equals(up.frames)).toBe(true);
      expect(withoutOurs(frames(), down.frames).equals(down.frames)).toBe(true);
      client.reset();
      await connection.closed;
      connection.end();
    }),
    { numRuns: rounds(10, 500) },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBefore } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import type { Gateway } from '../support/start-gateway.ts';
import { type Delivery, sendChopped } from './raw/deliveries.ts';
import { FRAME_CASES, type FrameCase } from './raw/frame-cases.ts';
import { type RawFrame, type ReadFrame, rawFrame, readFrames } from './raw/raw-frame.ts';
import { nextTurn, type RawPlatform, startRawPlatform } from './raw/raw-session.ts';
import { openReferenceClient } from './raw/reference-client.ts';
import type { Heard } from './raw/reference-server.ts';

const cleanUp = createCleanUp();
let platform: RawPlatform;
let gateway: Gateway;
beforeAll(async () => {
  platform = cleanUp.closing(await startRawPlatform());
  gateway = await startBefore(cleanUp, platform.url);
});
afterAll(cleanUp.run);

interface Verdict {
  readonly heard: Heard;
  /** What the client sent, without its masks, which are random. */
  readonly answered: readonly ReadFrame[];
}

const render = ({ frames, wrongMask }: FrameCase): Uint8Array =>
  Buffer.concat(frames.map((frame: RawFrame) => rawFrame(frame, wrongMask === true)));

async function verdictOf(port: number, frameCase: FrameCase, delivery: Delivery): Promise<Verdict> {
  const client = openReferenceClient(port);
  const { connection, frames } = await platform.session();
  const bytes = render(frameCase);
  const cut = bytes.subarray(0, bytes.length - (frameCase.cutOff ?? 0));
  if (delivery === 'at once') connection.send(cut);
  else await sendChopped(connection.send, cut);
  // As a good server does, it ends the connection when the client has said its last.
  const isClosed = () => readFrames(frames()).some(({ first }) => first === 0x88);
  while (frameCase.cutOff === undefined && !isClosed()) await nextTurn();
  connection.end();
  const heard = await client.heard;
  await connection.closed;
  return { heard, answered: readFrames(frames()) };
}

/** The code of the client's close frame: 1005 where it has none, `null` where there is no such frame. */
function closeCode({ answered }: Verdict): number | null {
  const frame = answered.find(({ first }) => first === 0x88);
  if (frame === undefined) return null;
  return frame.payload.length === 0 ? 1005 : frame.payload.readUInt16BE();
}

describe.each(['at once', 'in single bytes'] as const)('frames of a platform that come %s', (delivery) => {
  it.each(FRAME_CASES)('get the same verdict through the gateway as directly: $what', async (frameCase) => {
    const direct = await verdictOf(platform.port, frameCase, delivery);
    expect(closeCode(direct)).toBe(frameCase.closes);
    expect(await verdictOf(gateway.port, frameCase, delivery)).toEqual(direct);
  });
});

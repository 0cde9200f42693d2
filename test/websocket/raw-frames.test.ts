import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBefore } from '../e2e/faults/behind.ts';
import { createCleanUp } from '../support/clean-up.ts';
import type { RawEnding } from '../support/raw-client.ts';
import type { Gateway } from '../support/start-gateway.ts';
import { DELIVERIES, type Delivery, sendChopped } from './raw/deliveries.ts';
import { FRAME_CASES, type FrameCase } from './raw/frame-cases.ts';
import { rawFrame, readFrames } from './raw/raw-frame.ts';
import { openRaw } from './raw/raw-session.ts';
import { type Heard, type ReferenceServer, startReferenceServer } from './raw/reference-server.ts';

const cleanUp = createCleanUp();
let server: ReferenceServer;
let gateway: Gateway;
beforeAll(async () => {
  server = cleanUp.closing(await startReferenceServer());
  gateway = await startBefore(cleanUp, `http://127.0.0.1:${server.port}`);
});
afterAll(cleanUp.run);

/** Everything there is to be seen of a session from both of its ends. */
interface Verdict {
  /** The bytes that the server sent, in hex. */
  readonly answered: string;
  readonly ending: RawEnding;
  readonly heard: Heard;
}

function bytesOf({ frames, wrongMask, cutOff = 0 }: FrameCase): Uint8Array {
  const bytes = Buffer.concat(frames.map((frame) => rawFrame(frame, wrongMask !== true)));
  return bytes.subarray(0, bytes.length - cutOff);
}

async function verdictOf(port: number, frameCase: FrameCase, delivery: Delivery): Promise<Verdict> {
  const bytes = bytesOf(frameCase);
  const { client, frames, closed } = await openRaw(
    port,
    delivery === 'with the handshake' ? bytes : Buffer.alloc(0),
  );
  if (delivery === 'at once') client.send(bytes);
  if (delivery === 'in single bytes') await sendChopped(client.send, bytes);
  if (frameCase.cutOff !== undefined) client.end();
  const heard = await server.heard();
  return { ending: await closed, answered: frames().toString('hex'), heard };
}

/** The code of the server's close frame: 1005 where it has none, `null` where there is no such frame. */
function closeCode({ answered }: Verdict): number | null {
  const frame = readFrames(Buffer.from(answered, 'hex')).find(({ first }) => first === 0x88);
  if (frame === undefined) return null;
  return frame.payload.length === 0 ? 1005 : frame.payload.readUInt16BE();
}

describe.each(DELIVERIES)('frames of a client that come %s', (delivery) => {
  it.each(FRAME_CASES)('get the same verdict through the gateway as directly: $what', async (frameCase) => {
    const direct = await verdictOf(server.port, frameCase, delivery);
    expect(closeCode(direct)).toBe(frameCase.closes);
    expect(await verdictOf(gateway.port, frameCase, delivery)).toEqual(direct);
  });
});

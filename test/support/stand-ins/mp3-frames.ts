import { createHash } from 'node:crypto';

/** 72 × 128,000 / 22,050 bytes and one of padding (ISO/IEC 13818-3, layer III at half the sample rate). */
export const MP3_FRAME_BYTES = 418;
/** Samples of a frame, and how many are played each second. */
export const MP3_FRAME_SAMPLES = 576;
export const MP3_SAMPLE_RATE = 22_050;

/** Sync, MPEG-2 layer III without CRC; 128 kbit/s, 22,050 Hz, padded; one channel. */
const HEADER = Buffer.from([0xff, 0xf3, 0xc2, 0xc0]);
/** All zero: no main data, which is silence. */
const SIDE_INFO_BYTES = 9;

/**
 * An MP3 frame that decoders play as silence. What no decoder reads, the ancillary data, tells frames apart.
 * @param seed of its ancillary data
 */
export function mp3Frame(seed: string): Buffer {
  const frame = Buffer.alloc(MP3_FRAME_BYTES);
  HEADER.copy(frame);
  let at = HEADER.length + SIDE_INFO_BYTES;
  for (let block = 0; at < frame.length; block += 1) {
    // Without the high bit nothing in it looks like the sync of another frame.
    const bytes = createHash('sha256').update(`${seed} ${block}`).digest();
    for (const byte of bytes) if (at < frame.length) frame[at++] = byte & 0x7f;
  }
  return frame;
}

/** Audio for a text: messages of one to seven frames, so 418 to 2926 bytes, as DashScope cuts them. */
export function mp3Messages(text: string): readonly Buffer[] {
  const messages: Buffer[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 4) {
    const frames = Array.from({ length: 1 + ((at / 4) % 7) }, (_, index) =>
      mp3Frame(`${text} ${at} ${index}`),
    );
    messages.push(Buffer.concat(frames));
  }
  return messages;
}

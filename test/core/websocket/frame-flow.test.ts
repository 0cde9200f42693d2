import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlFrame, type FrameHead, OPCODE } from '../../../src-main/core/websocket/frame.ts';
import { FrameFlow, type FrameWatcher } from '../../../src-main/core/websocket/frame-flow.ts';
import { rounds } from '../../support/long-run.ts';
import { anyFrame, cutAt, frameBytes, joined, type SampleFrame } from './frames.ts';

const PING = controlFrame(OPCODE.ping, Uint8Array.of(1, 2, 3), null);

/** Watches without a wish, and remembers the heads. */
function watching(handling: (head: FrameHead) => 'pass' | 'hold', goesOn = () => true) {
  const heads: FrameHead[] = [];
  let payloadBytes = 0;
  const watcher: FrameWatcher = {
    head(head) {
      heads.push(head);
      return handling(head);
    },
    payload: (bytes) => {
      payloadBytes += bytes.length;
    },
    end: () => undefined,
    held: goesOn,
  };
  return { watcher, heads, payloadBytes: () => payloadBytes };
}

const places = fc.array(fc.nat(200_000), { maxLength: 30 });

describe('one direction of a tunnel', () => {
  it('sends on every byte as it came, however it arrives', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), places, (frames, cuts) => {
        const sent = joined(frames.map(frameBytes));
        const out: Uint8Array[] = [];
        const { watcher, heads, payloadBytes } = watching(() => 'pass');
        const flow = new FrameFlow(watcher, (bytes) => out.push(bytes.slice()));
        for (const chunk of cutAt(sent, cuts)) flow.push(chunk);
        expect(Buffer.compare(joined(out), sent)).toBe(0);
        expect(heads.map(({ opcode, fin, length }) => ({ opcode, fin, length }))).toEqual(
          frames.map(({ opcode, fin, payload }) => ({ opcode, fin, length: payload.length })),
        );
        expect(payloadBytes()).toBe(frames.reduce((sum, { payload }) => sum + payload.length, 0));
      }),
      { numRuns: rounds(40, 1_000) },
    );
  });

  it('leaves out the held frames that shall not go on, and only those', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), places, (frames, cuts) => {
        const isPong = ({ opcode }: { opcode: number }) => opcode === OPCODE.pong;
        const out: Uint8Array[] = [];
        const { watcher } = watching(
          (head) => (isPong(head) ? 'hold' : 'pass'),
          () => false,
        );
        const flow = new FrameFlow(watcher, (bytes) => out.push(bytes.slice()));
        for (const chunk of cutAt(joined(frames.map(frameBytes)), cuts)) flow.push(chunk);
        const kept = joined(frames.filter((frame) => !isPong(frame)).map(frameBytes));
        expect(Buffer.compare(joined(out), kept)).toBe(0);
      }),
      { numRuns: rounds(40, 1_000) },
    );
  });

  it('sends held frames on in their place', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), places, (frames, cuts) => {
        const sent = joined(frames.map(frameBytes));
        const out: Uint8Array[] = [];
        const { watcher } = watching((head) => (head.opcode === OPCODE.text ? 'hold' : 'pass'));
        const flow = new FrameFlow(watcher, (bytes) => out.push(bytes.slice()));
        for (const chunk of cutAt(sent, cuts)) flow.push(chunk);
        expect(Buffer.compare(joined(out), sent)).toBe(0);
      }),
      { numRuns: rounds(40, 1_000) },
    );
  });

  it('sends a whole chunk on as the very same bytes, uncopied', () => {
    const chunk = frameBytes({ fin: true, rsv: 0, opcode: 2, payload: new Uint8Array(500), mask: null });
    const out: Uint8Array[] = [];
    new FrameFlow(watching(() => 'pass').watcher, (bytes) => out.push(bytes)).push(chunk);
    expect(out).toEqual([chunk]);
    expect(out[0]).toBe(chunk);
  });
});

/** Whether `whole` is `rest` with `part` put in at this place. */
function isInsertedAt(at: number, whole: Buffer, part: Uint8Array, rest: Uint8Array): boolean {
  const around = joined([whole.subarray(0, at), whole.subarray(at + part.length)]);
  return whole.subarray(at, at + part.length).equals(part) && Buffer.compare(around, rest) === 0;
}

/** Where frames begin and end. */
function boundariesOf(frames: readonly SampleFrame[]): number[] {
  const ends = [0];
  for (const frame of frames) ends.push((ends.at(-1) ?? 0) + frameBytes(frame).length);
  return ends;
}

describe('a frame of ours', () => {
  it('goes between two frames and nowhere else', () => {
    const frameLists = fc.array(anyFrame, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(frameLists, places, fc.nat(1000), (frames, cuts, when) => {
        const sent = joined(frames.map(frameBytes));
        const chunks = cutAt(sent, cuts);
        const out: Uint8Array[] = [];
        const flow = new FrameFlow(watching(() => 'pass').watcher, (bytes) => out.push(bytes.slice()));
        for (const [index, chunk] of chunks.entries()) {
          if (index === when % chunks.length) flow.insert(PING);
          flow.push(chunk);
        }
        const whole = Buffer.from(joined(out));
        expect(boundariesOf(frames).some((at) => isInsertedAt(at, whole, PING, sent))).toBe(true);
      }),
      { numRuns: rounds(40, 1_000) },
    );
  });
});

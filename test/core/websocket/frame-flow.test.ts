import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlFrame, type FrameHead, OPCODE } from '../../../src-main/core/websocket/frame.ts';
import { FrameFlow, type FrameWatcher } from '../../../src-main/core/websocket/frame-flow.ts';
import { anyFrame, cutAt, frameBytes, joined } from './frames.ts';

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
      { numRuns: 200 },
    );
  });

  it('puts a frame of ours between two frames and nowhere else', () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { minLength: 1, maxLength: 6 }),
        places,
        fc.nat(1000),
        (frames, cuts, when) => {
          const chunks = cutAt(joined(frames.map(frameBytes)), cuts);
          const out: Uint8Array[] = [];
          const flow = new FrameFlow(watching(() => 'pass').watcher, (bytes) => out.push(bytes.slice()));
          for (const [index, chunk] of chunks.entries()) {
            if (index === when % chunks.length) flow.insert(PING);
            flow.push(chunk);
          }
          const whole = Buffer.from(joined(out));
          const boundaries = frames.reduce<number[]>(
            (ends, frame) => [...ends, (ends.at(-1) ?? 0) + frameBytes(frame).length],
            [0],
          );
          const found = boundaries.filter(
            (at) =>
              whole.subarray(at, at + PING.length).equals(PING) &&
              joined([whole.subarray(0, at), whole.subarray(at + PING.length)]).length ===
                joined(chunks).length &&
              Buffer.compare(
                joined([whole.subarray(0, at), whole.subarray(at + PING.length)]),
                joined(chunks),
              ) === 0,
          );
          expect(found.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
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
      { numRuns: 200 },
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
      { numRuns: 100 },
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

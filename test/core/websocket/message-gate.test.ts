import { describe, expect, it } from 'vitest';
import { type FrameHead, OPCODE, readFrameHead } from '../../../src-main/core/websocket/frame.ts';
import { MessageGate } from '../../../src-main/core/websocket/message-gate.ts';
import { type RawFrame, rawFrame, text } from '../../websocket/raw/raw-frame.ts';

const LIMIT = 1_000;

/** Gives a gate frames until it refuses one. @returns how many it let wait or pass, and what it let pass */
function offer(gate: MessageGate, frames: Iterable<RawFrame>): { taken: number; passed: Buffer } {
  const passed: Uint8Array[] = [];
  let taken = 0;
  for (const frame of frames) {
    const bytes = rawFrame(frame, true);
    const head: FrameHead | null = readFrameHead(bytes, 0);
    if (head === null || gate.exceeds(head)) break;
    passed.push(gate.holds(head) ? (gate.take(bytes, head) ?? new Uint8Array(0)) : bytes);
    taken += 1;
  }
  return { taken, passed: Buffer.concat(passed) };
}

function* endless(first: RawFrame, then: RawFrame): Generator<RawFrame> {
  yield first;
  for (;;) yield then;
}

const begun = text('{"type"', { fin: false });

describe('a gate before messages', () => {
  it('lets a message pass as the frames it came in, pings within it in their place', () => {
    const frames: readonly RawFrame[] = [
      begun,
      { opcode: OPCODE.ping, payload: 'in between' },
      { opcode: OPCODE.continuation, payload: ':1}' },
      { opcode: OPCODE.pong, payload: '' },
    ];
    const judged: string[] = [];
    const gate = new MessageGate(LIMIT, (message) => judged.push(message) > 0);
    const { passed } = offer(gate, frames);
    expect(passed.equals(Buffer.concat(frames.map((frame) => rawFrame(frame, true))))).toBe(true);
    expect(judged).toEqual(['{"type":1}']);
  });

  it.each([
    ['fragments without a byte', { opcode: OPCODE.continuation, fin: false as const }],
    ['fragments of one byte', { opcode: OPCODE.continuation, fin: false as const, payload: 'x' }],
    ['pings', { opcode: OPCODE.ping, payload: 'x'.repeat(125) }],
  ])('lets no endless run of %s wait', (_, frame) => {
    const gate = new MessageGate(LIMIT, () => true);
    expect(offer(gate, endless(begun, frame)).taken).toBeLessThan(2 * LIMIT);
  });

  it('takes a message as long as may be, and none that is longer', () => {
    const gate = new MessageGate(LIMIT, () => true);
    expect(offer(gate, [text('x'.repeat(LIMIT))]).taken).toBe(1);
    expect(offer(gate, [text('x'.repeat(LIMIT + 1))]).taken).toBe(0);
    expect(offer(gate, [text('x'.repeat(LIMIT), { fin: false }), { opcode: 0, payload: 'x' }]).taken).toBe(1);
  });
});

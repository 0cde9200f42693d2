import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameFlow, type FrameWatcher } from '../../../src-main/core/websocket/frame-flow.ts';
import { MessageReader } from '../../../src-main/core/websocket/message-reader.ts';
import { mayTell } from '../../../src-main/core/websocket/session-usage.ts';
import { anyFrame, cutAt, frameBytes, joined } from './frames.ts';

const encoded = (text: string) => new TextEncoder().encode(text);

/** What a reader saw of these chunks, and what went on; `short` offers it whole messages. */
function readThrough(chunks: readonly Uint8Array[], short: boolean) {
  const texts: string[] = [];
  const out: Uint8Array[] = [];
  const reader = new MessageReader(1000, {
    wants: () => true,
    text: (text) => texts.push(text),
  });
  const watcher: FrameWatcher = {
    head(head) {
      reader.head(head);
      return 'pass';
    },
    payload: (bytes) => reader.payload(bytes),
    end: () => reader.end(),
    held: () => true,
  };
  const whole: FrameWatcher['whole'] = (...parts) => {
    reader.whole(...parts);
    return true;
  };
  const flow = new FrameFlow(short ? { ...watcher, whole } : watcher, (bytes) => out.push(bytes.slice()));
  for (const chunk of chunks) flow.push(chunk);
  return { texts, messages: reader.messages, sent: joined(out) };
}

describe('messages that come whole', () => {
  it('are counted, read and sent on exactly as those that do not', () => {
    // A continuation of nothing is a violation, which nobody has to read alike.
    const frame = anyFrame.filter(({ opcode }) => opcode !== 0);
    const places = fc.array(fc.nat(200_000), { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), places, (frames, cuts) => {
        const chunks = cutAt(joined(frames.map(frameBytes)), cuts);
        expect(readThrough(chunks, true)).toEqual(readThrough(chunks, false));
      }),
      {
        numRuns: 200,
        examples: [[[{ fin: true, rsv: 0, opcode: 2, payload: new Uint8Array(), mask: null }], []]],
      },
    );
  });

  it('are sent on as the very same bytes, several of them in one', () => {
    const frame = frameBytes({ fin: true, rsv: 0, opcode: 1, payload: encoded('{"a":1}'), mask: null });
    const chunk = joined([frame, frame, frame]);
    const out: Uint8Array[] = [];
    const watcher: FrameWatcher = {
      head: () => 'pass',
      payload: () => undefined,
      end: () => undefined,
      held: () => true,
      whole: () => true,
    };
    new FrameFlow(watcher, (bytes) => out.push(bytes)).push(chunk);
    expect(out).toHaveLength(1);
    expect(out[0]).toBe(chunk);
  });
});

describe('the quick look', () => {
  it.each(['{"usage":{}}', '{"usageMetadata":1}', '{"event":"task-failed"}', '{"error":{}}'])(
    'finds %s',
    (text) => {
      const bytes = encoded(`é${text}`);
      expect(mayTell(bytes, 0, bytes.length)).toBe(true);
    },
  );

  it('looks between its two places only', () => {
    const bytes = encoded('"usage" {"type":"x"} "usage"');
    expect(mayTell(bytes, 8, 20)).toBe(false);
    expect(mayTell(bytes, 8, 26)).toBe(false);
    expect(mayTell(bytes, 8, 27)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { FrameFlow } from '../../../src-main/core/websocket/frame-flow.ts';
import { MessageReader } from '../../../src-main/core/websocket/message-reader.ts';
import { cutAt, frameBytes, joined } from './frames.ts';

const LIMIT = 100;
const TEXT = 1;
const BINARY = 2;
const MASK = Uint8Array.from([0x7b, 2, 3, 4]);

interface Message {
  readonly opcode: number;
  readonly parts: readonly string[];
}

const encoded = (text: string) => new TextEncoder().encode(text);

function framesOf({ opcode, parts }: Message, mask: Uint8Array | null): Uint8Array[] {
  return parts.map((part, at) =>
    frameBytes({
      fin: at === parts.length - 1,
      rsv: 0,
      opcode: at === 0 ? opcode : 0,
      payload: encoded(part),
      mask,
    }),
  );
}

/** What a reader makes of messages that arrive in pieces. @param step bytes of a piece */
function read(messages: readonly Message[], mask: Uint8Array | null, step: number) {
  const texts: string[] = [];
  const reader = new MessageReader(LIMIT, {
    wants: () => true,
    text: (text) => texts.push(text),
  });
  const flow = new FrameFlow(
    {
      head(head) {
        reader.head(head);
        return 'pass';
      },
      payload: (bytes) => reader.payload(bytes),
      end: () => reader.end(),
      held: () => true,
    },
    () => undefined,
  );
  const bytes = joined(messages.flatMap((message) => framesOf(message, mask)));
  const places = Array.from({ length: Math.floor(bytes.length / step) }, (_, at) => (at + 1) * step);
  for (const piece of cutAt(bytes, places)) flow.push(piece);
  return { texts, count: reader.messages };
}

const JSON_TEXT = '{"usage":{"characters":3}}';

describe.each([
  ['from a server', null],
  ['from a client', MASK],
] as const)('a reader of messages %s', (_, mask) => {
  it.each<[string, Message, readonly string[]]>([
    ['reads text', { opcode: TEXT, parts: ['hello'] }, ['hello']],
    ['reads text in fragments', { opcode: TEXT, parts: ['he', '', 'llo'] }, ['hello']],
    ['reads JSON in binary', { opcode: BINARY, parts: [JSON_TEXT] }, [JSON_TEXT]],
    [
      'reads JSON in binary fragments, the first of them empty',
      { opcode: BINARY, parts: ['', '{', '"a":1}'] },
      ['{"a":1}'],
    ],
    ['does not read other binary', { opcode: BINARY, parts: ['ID3', JSON_TEXT] }, []],
    ['does not read text that is too long', { opcode: TEXT, parts: ['x'.repeat(LIMIT), 'x'] }, []],
    [
      'reads text that is just short enough',
      { opcode: TEXT, parts: ['x'.repeat(LIMIT)] },
      ['x'.repeat(LIMIT)],
    ],
  ])('%s, and counts it as one', (_name, message, texts) => {
    const after: Message = { opcode: TEXT, parts: ['after'] };
    for (const step of [1, 7, 1000])
      expect(read([message, after], mask, step)).toEqual({ texts: [...texts, 'after'], count: 2 });
  });
});

import { binary, close, more, ping, pong, type RawFrame, text } from './raw-frame.ts';

/** Frames to send, and what a good peer makes of them. */
export interface FrameCase {
  /** A section of the Autobahn test suite, and what is tried. */
  readonly what: string;
  readonly frames: readonly RawFrame[];
  /** The code with which the peer closes; `null` where the bytes break off and nobody can. */
  readonly closes: number | null;
  /** The sender masks though it should not, or does not though it should. */
  readonly wrongMask?: true;
  /** So many bytes of the last frame are not sent; then the sender ends the connection. */
  readonly cutOff?: number;
}

/** Longer messages are refused by the peers of these cases, in bytes. */
export const PEER_LIMIT = 1024 * 1024;

const DONE = close(1000, 'done');
const a = (length: number): string => '*'.repeat(length);
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const start = (payload: string | Uint8Array): RawFrame => text(payload, { fin: false });

const good = (what: string, ...frames: readonly RawFrame[]): FrameCase => ({
  what,
  frames: [...frames, DONE],
  closes: 1000,
});
/** What follows the bad frame must not be heard any more. */
const bad = (what: string, closes: number, ...frames: readonly RawFrame[]): FrameCase => ({
  what,
  frames: [...frames, text('after'), ping('after')],
  closes,
});

const FRAMING: readonly FrameCase[] = [0, 1, 125, 126, 127, 128, 65_535, 65_536, 70_000].flatMap((length) => [
  good(`1.1 text of ${length}`, text(a(length))),
  good(`1.2 binary of ${length}`, binary(Buffer.alloc(length, 0xfe))),
]);

const PINGS: readonly FrameCase[] = [
  good('2.1 ping without payload', ping()),
  good('2.2 ping with text', ping('Hello, world!')),
  good('2.3 ping with bytes', ping(bytes(0, 255, 254, 253, 252, 251, 0, 255))),
  good('2.4 ping of 125', ping(a(125))),
  bad('2.5 ping of 126', 1002, ping(a(126))),
  good('2.7 pong nobody asked for', pong()),
  good('2.8 pong with payload nobody asked for', pong('unasked')),
  good('2.9 pong, then ping', pong('unasked'), ping('asked')),
  good('2.10 ten pings', ...Array.from({ length: 10 }, (_, at) => ping(`ping ${at}`))),
  good("2.12 a pong of twelve bytes, as long as the gateway's own", pong('abcdefghijkl'), text('behind it')),
];

const RESERVED: readonly FrameCase[] = [
  bad('3.1 RSV 1 on text', 1002, text('x', { rsv: 1 })),
  bad('3.2 RSV 2 behind a good text', 1002, text('first'), text('x', { rsv: 2 })),
  bad('3.3 RSV 3 behind a good text', 1002, text('first'), text('x', { rsv: 3 })),
  bad('3.4 RSV 4 (compressed, though nobody agreed)', 1002, text('x', { rsv: 4 })),
  bad('3.5 RSV 5 on binary', 1002, { ...binary('x'), rsv: 5 }),
  bad('3.6 RSV 6 on a ping', 1002, { ...ping('x'), rsv: 6 }),
  bad('3.7 RSV 7 on a close', 1002, { ...close(1000), rsv: 7 }),
];

const OPCODES: readonly FrameCase[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) =>
  bad(`4 opcode ${opcode}`, 1002, text('first'), { opcode, payload: 'x' }),
);

const FRAGMENTS: readonly FrameCase[] = [
  bad('5.1 a ping in fragments', 1002, { ...ping('frag'), fin: false }, more('ment')),
  bad('5.2 a pong in fragments', 1002, { ...pong('frag'), fin: false }, more('ment')),
  good('5.3 text in two', start('frag'), more('ment')),
  good('5.6 text in two with a ping between', start('frag'), ping('between'), more('ment')),
  bad('5.9 a continuation of nothing', 1002, more('x')),
  bad('5.10 a continuation of nothing that goes on', 1002, more('x', false)),
  bad('5.15 a continuation behind a whole message', 1002, start('one'), more('two'), more('three', false)),
  bad('5.18 a text within a text', 1002, start('one'), text('two')),
  good(
    '5.19 five fragments with pings between',
    start('one'),
    more('two', false),
    ping('first'),
    more('three', false),
    more('four', false),
    ping('second'),
    more('five'),
  ),
  good('5.21 empty fragments', start(''), more('', false), more('')),
  good(
    '5.22 a fragment of every size',
    start(a(1)),
    more(a(125), false),
    more(a(126), false),
    more(a(65_536)),
  ),
  good('5.23 binary in three', { ...binary('a'), fin: false }, more('b', false), more('c')),
];

const KOSME = Buffer.from('κόσμε');
const UTF8: readonly FrameCase[] = [
  good('6.1 an empty text in fragments', start(''), more('')),
  good('6.2 characters of two, three and four bytes', text('Hello-µ@ßöäüàá-UTF-8! 你好 🙂')),
  good('6.2 a character cut by a fragment', start(KOSME.subarray(0, 3)), more(KOSME.subarray(3))),
  good(
    '6.2 every byte a fragment',
    start(''),
    ...[...KOSME].map((byte) => more(bytes(byte), false)),
    more(''),
  ),
  bad('6.3 invalid', 1007, text(Buffer.concat([KOSME, bytes(0xed, 0xa0, 0x80), Buffer.from('edited')]))),
  bad('6.4 invalid in a later fragment', 1007, start(KOSME), more(bytes(0xf4, 0x90, 0x80, 0x80))),
  bad('6.6 cut off within a character', 1007, text(KOSME.subarray(0, 3))),
  bad('6.12 impossible bytes', 1007, text(bytes(0xfe))),
  bad('6.15 overlong', 1007, text(bytes(0xc0, 0xaf))),
  good('6.20 no characters', text('\ufffe\uffff')),
  good('6.24 a byte order mark', text('\ufeffx')),
];

const badCode = (code: number): FrameCase => bad(`7.9 close ${code}`, 1002, close(code));
const CLOSES: readonly FrameCase[] = [
  good('7.1 close and nothing else'),
  { what: '7.1 frames behind a close', frames: [DONE, text('late'), ping('late')], closes: 1000 },
  { what: '7.1 two closes', frames: [DONE, close(1001)], closes: 1000 },
  { what: '7.1 close within a message', frames: [start('begun'), DONE], closes: 1000 },
  { what: '7.3 close without code', frames: [close()], closes: 1005 },
  bad('7.3 close of one byte', 1002, { opcode: 8, payload: bytes(3) }),
  { what: '7.3 close with the longest reason', frames: [close(1000, a(123))], closes: 1000 },
  bad('7.3 close of 126', 1002, close(1000, a(124))),
  bad('7.5 close with a reason that is no text', 1007, close(1000, bytes(0xce, 0xba, 0xed, 0xa0, 0x80))),
  ...[1001, 1003, 1007, 1011, 3000, 3999, 4000, 4999].map(
    (code): FrameCase => ({ what: `7.7 close ${code}`, frames: [close(code, 'why')], closes: code }),
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1100, 2000, 2999, 5000, 65_535].map(badCode),
];

const LIMITS: readonly FrameCase[] = [
  good('9.1 text as long as may be', text(a(PEER_LIMIT))),
  bad('9.1 text that is too long', 1009, text(a(PEER_LIMIT + 1))),
  bad('9.3 fragments that are too long together', 1009, start(a(PEER_LIMIT)), more('x')),
  bad('9.9 a length of 2^62', 1009, { ...binary(''), claims: 2n ** 62n }),
  bad('9.9 a length of 2^64 - 1', 1009, { ...binary(''), claims: 2n ** 64n - 1n }),
  good('9.10 a short length in two bytes', text('short', { lengthBytes: 2 })),
  good('9.10 a short length in eight bytes', text('short', { lengthBytes: 8 })),
];

const BREAKS: readonly FrameCase[] = [
  { what: '10 masked the wrong way', frames: [text('x')], closes: 1002, wrongMask: true },
  { what: '10 cut off in a payload', frames: [text('first'), text('second')], closes: null, cutOff: 3 },
  { what: '10 cut off in a head', frames: [text('first'), binary(a(70_000))], closes: null, cutOff: 70_003 },
  { what: '10 ends without a close', frames: [text('first')], closes: null, cutOff: 0 },
];

/** What is sent in either direction; sections as in the Autobahn test suite. */
export const FRAME_CASES: readonly FrameCase[] = [
  ...FRAMING,
  ...PINGS,
  ...RESERVED,
  ...OPCODES,
  ...FRAGMENTS,
  ...UTF8,
  ...CLOSES,
  ...LIMITS,
  ...BREAKS,
];

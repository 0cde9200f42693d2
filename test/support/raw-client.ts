import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** How a connection ended: with a proper end, or broken (reset). */
export type RawEnding = 'ended' | 'reset';

/** An HTTP/1.1 answer, parsed as little as possible. */
export interface RawAnswer {
  readonly status: number;
  readonly statusLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, chunks joined. */
  readonly body: string;
  /** Whether the body came to its proper end. */
  readonly complete: boolean;
  /** The first value of a header. */
  header(name: string): string | undefined;
}

/** A TCP connection on which a test writes its own bytes. */
export interface RawClient {
  /** Everything received so far. */
  readonly received: Buffer;
  /** Resolves when the other side closed the connection. */
  readonly closed: Promise<RawEnding>;
  send(bytes: string | Uint8Array): void;
  /** The next answer on this connection; incomplete where the connection closes first. */
  answer(): Promise<RawAnswer>;
  /** Resolves when this text was received. @throws Error where the connection closes first */
  until(marker: string): Promise<void>;
  /** Half-closes: nothing more is sent, answers are still read. */
  end(): void;
  /** Breaks the connection with a reset. */
  reset(): void;
  pause(): void;
  resume(): void;
}

interface Parsed {
  readonly answer: RawAnswer;
  readonly end: number;
}

function unchunk(bytes: Buffer, from: number): { body: Buffer; complete: boolean; end: number } {
  const parts: Buffer[] = [];
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const dataEnd = lineEnd + 2 + size;
    if (Number.isNaN(size) || bytes.length < dataEnd + 2) {
      return { body: Buffer.concat(parts), complete: false, end: bytes.length };
    }
    parts.push(bytes.subarray(lineEnd + 2, dataEnd));
    at = dataEnd + 2;
    if (size === 0) return { body: Buffer.concat(parts), complete: true, end: at };
  }
}

/** The body after the head, by its framing (RFC 9112 §6.3). */
function bodyOf(bytes: Buffer, from: number, header: RawAnswer['header'], closed: boolean) {
  if (/chunked/i.test(header('transfer-encoding') ?? '')) return unchunk(bytes, from);
  const stated = header('content-length');
  const end = stated === undefined ? bytes.length : Math.min(bytes.length, from + Number(stated));
  const complete = stated === undefined ? closed : end === from + Number(stated);
  return { body: bytes.subarray(from, end), complete, end };
}

/** Parses the answer that begins at an offset; `null` where its head is not there yet. */
function parseAnswer(bytes: Buffer, from: number, closed: boolean): Parsed | null {
  const headEnd = bytes.indexOf('\r\n\r\n', from);
  if (headEnd < 0) return null;
  const [statusLine = '', ...lines] = bytes.toString('latin1', from, headEnd).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const header = (name: string): string | undefined =>
    headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
  const status = Number(statusLine.split(' ')[1]);
  const bodiless = status < 200 || status === 204 || status === 304;
  const { body, complete, end } = bodiless
    ? { body: Buffer.alloc(0), complete: true, end: headEnd + 4 }
    : bodyOf(bytes, headEnd + 4, header, closed);
  return { answer: { status, statusLine, headers, header, body: body.toString(), complete }, end };
}

/** Receives on a socket and wakes whoever waits for more. */
function receive(socket: Socket) {
  const state = { received: Buffer.alloc(0), ending: null as RawEnding | null, wake: (): void => {} };
  socket.on('data', (chunk: Buffer) => {
    state.received = Buffer.concat([state.received, chunk]);
    state.wake();
  });
  const closed = new Promise<RawEnding>((resolve) => {
    socket.on('error', () => resolve('reset'));
    socket.once('end', () => {
      resolve('ended');
      socket.end();
    });
    socket.once('close', () => resolve('reset'));
  });
  void closed.then((ending) => {
    state.ending = ending;
    state.wake();
  });
  const more = () =>
    new Promise<void>((resolve) => {
      state.wake = resolve;
    });
  return { state, closed, more };
}

/** Connects to a port of the loopback address. */
export async function connectRaw(port: number, host = '127.0.0.1'): Promise<RawClient> {
  const socket = connect({ port, host, allowHalfOpen: true, noDelay: true });
  const client = rawClientOn(socket);
  await once(socket, 'connect');
  return client;
}

/** The same over TLS, whatever the certificate. */
export async function connectRawTls(port: number): Promise<RawClient> {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    rejectUnauthorized: false,
    // Node's types leave it out, TLSSocket takes it.
    ...{ allowHalfOpen: true },
  });
  const client = rawClientOn(socket);
  await once(socket, 'secureConnect');
  return client;
}

function rawClientOn(socket: Socket): RawClient {
  const { state, closed, more } = receive(socket);
  let taken = 0;
  return {
    get received() {
      return state.received;
    },
    closed,
    send: (bytes) => void socket.write(bytes),
    async answer() {
      for (;;) {
        const parsed = parseAnswer(state.received, taken, state.ending !== null);
        if (parsed !== null && (parsed.answer.complete || state.ending !== null)) {
          taken = parsed.end;
          return parsed.answer;
        }
        if (state.ending !== null) throw new Error(`the connection ${state.ending} without an answer`);
        await more();
      }
    },
    async until(marker) {
      while (!state.received.includes(marker)) {
        if (state.ending !== null) throw new Error(`the connection ${state.ending} before that came`);
        await more();
      }
    },
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}

/** Sends bytes on a new connection and resolves with the answer and how the connection then ended; half-closes after the answer. */
export async function exchangeRaw(
  port: number,
  bytes: string | Uint8Array,
): Promise<{ readonly answer: RawAnswer; readonly ending: RawEnding }> {
  const client = await connectRaw(port);
  client.send(bytes);
  const answer = await client.answer();
  client.end();
  return { answer, ending: await client.closed };
}

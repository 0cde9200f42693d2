import type { IncomingMessage, RequestListener } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { NO_USAGE, type Usage } from '../../../src-main/contract/request-record.ts';
import type { SelfSigned } from '../self-signed.ts';
import { type SeenHandshake, startWebSocketStandIn, type WebSocketStandIn } from './websocket.ts';

/** A message as it went over the wire, its fragments joined. */
export interface SeenMessage {
  readonly binary: boolean;
  readonly bytes: Buffer;
}

/** One session as the platform saw it. */
export interface RealtimeSession {
  readonly url: URL;
  readonly handshake: SeenHandshake;
  /** In order: what the client sent, and what it was sent. */
  readonly received: readonly SeenMessage[];
  readonly sent: readonly SeenMessage[];
  /** What the client was told it used, in AIProxy's terms, added up here. */
  readonly usage: Usage;
  /** Whether the platform closed it for a reason of its own. */
  readonly complained: boolean;
  /** Resolves when it is over. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Sends an event: compact JSON in one text message. */
  event(event: object): void;
  /** Sends audio: one binary message. */
  audio(bytes: Buffer): void;
  close(code: number, reason?: string): void;
  /** Counts something that it tells the client to have used. */
  uses(used: Partial<Usage>): void;
}

/** What makes a realtime platform this one and not another. */
export interface RealtimePlatform {
  /** Every key that stands where this platform looks for one. */
  keysOf(handshake: IncomingMessage): readonly string[];
  /** Keys it takes besides the channel's: secrets that it made itself. */
  accepts?(key: string): boolean;
  /** The body of its 401. */
  readonly refusal: object;
  /** Refuses a handshake with the right key; `null`: takes it. */
  refuse?(url: URL): { readonly status: number; readonly body: string } | null;
  /** Takes part in a session. @returns what it does with the client's messages */
  serve(session: RealtimeSession): (message: SeenMessage) => void;
  readonly select?: (offered: ReadonlySet<string>) => string | false;
  readonly answer?: RequestListener;
}

/** A realtime platform on a loopback port. */
export interface RealtimeStandIn extends WebSocketStandIn {
  /** The channel's key: the only one it accepts. */
  readonly apiKey: string;
  readonly sessions: readonly RealtimeSession[];
}

export interface RealtimeOptions {
  readonly apiKey?: string;
  readonly tls?: SelfSigned;
}

const joined = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

function plus(usage: Usage, used: Partial<Usage>): Usage {
  const sums: Record<string, number | null> = { ...usage };
  for (const [name, amount] of Object.entries(used)) sums[name] = (sums[name] ?? 0) + (amount ?? 0);
  return { ...usage, ...sums };
}

const urlOf = ({ url = '/' }: IncomingMessage): URL => new URL(url, 'http://stand-in');

function sessionOver(socket: WebSocket, request: IncomingMessage): RealtimeSession {
  const received: SeenMessage[] = [];
  const sent: SeenMessage[] = [];
  const send = (binary: boolean, bytes: Buffer): void => {
    sent.push({ binary, bytes });
    socket.send(bytes, { binary });
  };
  socket.on('message', (data, binary) => received.push({ binary, bytes: joined(data) }));
  const { url = '', headers, rawHeaders } = request;
  let usage = NO_USAGE;
  let complained = false;
  return {
    url: urlOf(request),
    handshake: { url, headers, rawHeaders },
    received,
    sent,
    get usage() {
      return usage;
    },
    get complained() {
      return complained;
    },
    uses(used) {
      usage = plus(usage, used);
    },
    closed: new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    }),
    event: (event) => send(false, Buffer.from(JSON.stringify(event))),
    audio: (bytes) => send(true, bytes),
    close(code, reason) {
      complained = true;
      socket.close(code, reason);
    },
  };
}

/** Starts one on a free port. @param fallbackKey its key where the options name none */
export async function startRealtimePlatform(
  platform: RealtimePlatform,
  { apiKey, tls }: RealtimeOptions,
  fallbackKey: string,
): Promise<RealtimeStandIn> {
  const key = apiKey ?? fallbackKey;
  const sessions: RealtimeSession[] = [];
  const { select, answer } = platform;
  const standIn = await startWebSocketStandIn({
    refuse(request) {
      const [given, ...more] = platform.keysOf(request);
      const isRight = given !== undefined && (given === key || platform.accepts?.(given) === true);
      if (!isRight || more.length > 0) return { status: 401, body: JSON.stringify(platform.refusal) };
      return platform.refuse?.(urlOf(request)) ?? null;
    },
    serve(socket, request) {
      const session = sessionOver(socket, request);
      sessions.push(session);
      const take = platform.serve(session);
      socket.on('message', (data, binary) => take({ binary, bytes: joined(data) }));
    },
    ...(select === undefined ? {} : { select }),
    ...(answer === undefined ? {} : { answer }),
    ...(tls === undefined ? {} : { tls }),
  });
  return { ...standIn, apiKey: key, sessions };
}

/** The key in an `Authorization` header of the scheme Bearer, whatever its case. */
export function bearerOf({ headers }: IncomingMessage): readonly string[] {
  const key = /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1];
  return key === undefined ? [] : [key];
}

type Json = Readonly<Record<string, unknown>>;

/** A member of a client's JSON that is an object; an empty one where it is not. */
export function memberOf(value: unknown, name: string): Json {
  const inner = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

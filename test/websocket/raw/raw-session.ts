import { createHash } from 'node:crypto';
import { connectRaw, type RawClient, type RawEnding } from '../../support/raw-client.ts';
import { type RawConnection, type RawUpstream, startRawUpstream } from '../../support/raw-upstream.ts';

/** Where all sessions of these tests are asked for, and with which key. */
export const PATH = '/v1/realtime?model=gpt-realtime';
export const KEY = 'pk-of-ann';

/** Says when to go on, so that bytes written one after the other also leave so. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The bytes of a handshake. @param headers besides those that have to be */
export function handshake(headers: readonly string[] = [], target = PATH): string {
  const lines = [
    `GET ${target} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${KEY}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The answer to {@link handshake}. */
export function switching(request: string, headers: readonly string[] = []): string {
  const key = /^sec-websocket-key:\s*(\S+)/im.exec(request)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'];
  return `${[...lines, `Sec-WebSocket-Accept: ${accept}`, ...headers].join('\r\n')}\r\n\r\n`;
}

/** A client whose frames are bytes. */
export interface RawSession {
  readonly client: RawClient;
  /** What came behind the answer to the handshake. */
  frames(): Buffer;
  readonly closed: Promise<RawEnding>;
}

const HEAD_END = '\r\n\r\n';

/** Opens a session. @param early sent together with the handshake */
export async function openRaw(port: number, early: Uint8Array = Buffer.alloc(0)): Promise<RawSession> {
  const client = await connectRaw(port);
  client.send(Buffer.concat([Buffer.from(handshake()), early]));
  await client.until(HEAD_END);
  const head = client.received.indexOf(HEAD_END) + HEAD_END.length;
  if (!client.received.subarray(0, head).includes(' 101 ')) throw new Error(String(client.received));
  return { client, frames: () => client.received.subarray(head), closed: client.closed };
}

/** A platform that shakes hands and then leaves its connection to the test. */
export interface RawPlatform extends RawUpstream {
  /** The next session that was opened, with what came behind its handshake. */
  session(): Promise<PlatformSession>;
}

export interface PlatformSession {
  readonly connection: RawConnection;
  /** What the gateway asked for. */
  readonly request: string;
  frames(): Buffer;
}

/** Starts one. @param along sent in one piece with the answer to the handshake */
export async function startRawPlatform(along: Uint8Array = Buffer.alloc(0)): Promise<RawPlatform> {
  const opened: PlatformSession[] = [];
  let wake = (): void => undefined;
  const upstream = await startRawUpstream(async (connection) => {
    const request = await connection.until(HEAD_END);
    const head = connection.received.indexOf(HEAD_END) + HEAD_END.length;
    connection.send(Buffer.concat([Buffer.from(switching(request)), along]));
    opened.push({ connection, request, frames: () => connection.received.subarray(head) });
    wake();
  });
  return {
    ...upstream,
    async session() {
      for (;;) {
        const session = opened.shift();
        if (session !== undefined) return session;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

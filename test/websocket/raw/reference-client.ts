import { WebSocket } from 'ws';
import { PEER_LIMIT } from './frame-cases.ts';
import { KEY, PATH } from './raw-session.ts';
import type { Heard } from './reference-server.ts';

/** A client that judges what it gets by the book. */
export interface ReferenceClient {
  /** What it heard, once its session is closed. */
  readonly heard: Promise<Heard>;
}

/** Opens a session. */
export function openReferenceClient(port: number): ReferenceClient {
  const headers = { authorization: `Bearer ${KEY}` };
  const url = `ws://127.0.0.1:${port}${PATH}`;
  const socket = new WebSocket(url, { headers, maxPayload: PEER_LIMIT, perMessageDeflate: false });
  const heard: [string, ...(string | number)[]][] = [];
  socket.on('message', (data: Buffer, isBinary) =>
    heard.push([isBinary ? 'binary' : 'text', data.length, data.toString('hex', 0, 100)]),
  );
  socket.on('ping', (data) => heard.push(['ping', data.toString('hex')]));
  socket.on('pong', (data) => heard.push(['pong', data.toString('hex')]));
  socket.on('error', (error) => heard.push(['error', error.message]));
  return {
    heard: new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        heard.push(['close', code, reason.toString('hex')]);
        resolve(heard);
      });
    }),
  };
}

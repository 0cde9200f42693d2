import { createServer, type Server, type Socket } from 'node:net';
import { CHANNEL_KEY } from '../target.ts';
import { CHAT_ANSWER } from './chat-answer.ts';
import type { EventStreams } from './event-streams.ts';
import { type ReceivedRequest, RequestReader } from './request-reader.ts';

const ANSWER = answer('200 OK', CHAT_ANSWER);
const WRONG_KEY = answer('401 Unauthorized', '{"error":{"message":"not the channel key"}}');
const UNREADABLE = answer('400 Bad Request', '{"error":{"message":"unreadable"}}');

/** A stand-in platform on raw sockets: answers rendered beforehand, and paced event streams. */
export function createUpstream(streams: EventStreams): Server {
  return createServer({ noDelay: true }, (socket) => {
    const reader = new RequestReader();
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => serve(socket, reader, bytes, streams));
  });
}

function serve(socket: Socket, reader: RequestReader, bytes: Buffer, streams: EventStreams): void {
  try {
    for (const request of reader.push(bytes)) respond(socket, request, streams);
  } catch {
    socket.end(UNREADABLE);
  }
}

function respond(socket: Socket, request: ReceivedRequest, streams: EventStreams): void {
  if (!request.head.includes(` Bearer ${CHANNEL_KEY}`)) socket.write(WRONG_KEY);
  else if (request.body.includes('"stream":true')) streams.open(socket, orderOf(request.body));
  else socket.write(ANSWER);
}

function orderOf(body: string) {
  return {
    stream: Number(/"user":"stream-(\d+)"/.exec(body)?.[1] ?? 0),
    events: Number(/"max_tokens":(\d+)/.exec(body)?.[1] ?? 1),
    usage: /"include_usage": ?true/.test(body),
  };
}

function answer(status: string, body: string): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${length}\r\n\r\n${body}`;
}

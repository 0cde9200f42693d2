import type { Socket } from 'node:net';
import { DONE_EVENT, monotonicUs, renderEvent, renderUsageEvent } from '../sse-event.ts';

/** A stream as its request asked for it. */
export interface StreamOrder {
  readonly stream: number;
  /** How many events it has. */
  readonly events: number;
  /** Whether a usage event comes before the last one. */
  readonly usage: boolean;
}

interface OpenStream extends StreamOrder {
  readonly socket: Socket;
  sequence: number;
  dueUs: number;
}

const HEAD = [
  'HTTP/1.1 200 OK',
  'content-type: text/event-stream; charset=utf-8',
  'cache-control: no-cache',
  'transfer-encoding: chunked',
  '',
  '',
].join('\r\n');

/** Paces any number of streams at one rate from a single timer. */
export class EventStreams {
  readonly #intervalUs: number;
  /** In the order in which they are due: all have the same interval, so whoever was served goes to the end. */
  #queue: OpenStream[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(eventsPerSecond: number) {
    this.#intervalUs = 1e6 / eventsPerSecond;
  }

  /** Answers a request with a stream whose first event comes after one interval. */
  open(socket: Socket, order: StreamOrder): void {
    socket.write(HEAD);
    this.#queue.push({ ...order, socket, sequence: 0, dueUs: monotonicUs() + this.#intervalUs });
    this.#timer ??= setInterval(() => this.#serveDue(), 1);
  }

  #serveDue(): void {
    const nowUs = monotonicUs();
    const due = this.#queue.findIndex((stream) => stream.dueUs > nowUs);
    const served = this.#queue.splice(0, due < 0 ? this.#queue.length : due);
    for (const stream of served) if (this.#serve(stream)) this.#queue.push(stream);
    if (this.#queue.length > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #serve(stream: OpenStream): boolean {
    if (stream.socket.destroyed) return false;
    const stamped = { stream: stream.stream, sequence: stream.sequence, sentUs: monotonicUs() };
    stream.socket.write(chunk(renderEvent(stamped)));
    stream.sequence += 1;
    stream.dueUs += this.#intervalUs;
    if (stream.sequence < stream.events) return true;
    const usage = stream.usage ? chunk(renderUsageEvent(stream.stream, stream.events)) : '';
    stream.socket.write(`${usage}${chunk(DONE_EVENT)}0\r\n\r\n`);
    return false;
  }
}

function chunk(event: string): string {
  return `${(event.length + 2).toString(16)}\r\n${event}\n\n\r\n`;
}

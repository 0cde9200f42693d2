// Opens many event streams and checks every event: `node stream-client.ts <StreamOrder as JSON>`.
// Says {"event":"open"} when all are open; the last line holds the figures.
import { connect, type Socket } from 'node:net';
import { monotonicUs } from '../sse-event.ts';
import { spreadOf } from '../statistics.ts';
import { renderRequest, streamBody } from '../target.ts';
import { ChunkedReader } from './chunked-reader.ts';
import type { StreamFigures, StreamOrder } from './orders.ts';
import { addFaults, NO_FAULTS, StreamCheck, type StreamFaults } from './stream-check.ts';

const OPENED_PER_SECOND = 500;

const order: StreamOrder = JSON.parse(process.argv[2] ?? '{}');
const rampSeconds = order.streams / OPENED_PER_SECOND;
const settleSeconds = 0.5;
// Long enough for the first stream to be there until the measurement is over.
const events = Math.ceil(order.eventsPerSecond * (rampSeconds + 2 * settleSeconds + order.seconds));

const betweenMs: number[] = [];
const onTheWayMs: number[] = [];
let faults: StreamFaults = NO_FAULTS;
let answering = 0;
let finished = 0;
let fromUs = Number.POSITIVE_INFINITY;
let untilUs = Number.POSITIVE_INFINITY;

function onEvent(sentUs: number, cameUs: number, previousUs: number | null): void {
  if (cameUs < fromUs || cameUs > untilUs) return;
  onTheWayMs.push((cameUs - sentUs) / 1000);
  if (previousUs !== null) betweenMs.push((cameUs - previousUs) / 1000);
}

function open(stream: number): void {
  const socket = connect({ port: order.target.port, host: '127.0.0.1', noDelay: true });
  const check = new StreamCheck(stream, events, onEvent);
  const chunks = new ChunkedReader();
  const key = order.target.keys[stream % order.target.keys.length] ?? '';
  let head: string | null = '';
  socket.setEncoding('latin1');
  socket.write(renderRequest(order.target, key, streamBody(stream, events)));
  socket.on('data', (piece: string) => {
    const cameUs = monotonicUs();
    if (head === null) check.push(chunks.push(piece), cameUs);
    else {
      head += piece;
      const body = bodyAfterHead(head);
      if (body === null) return;
      head = null;
      check.push(chunks.push(body), cameUs);
    }
    if (chunks.ended) close(socket, check.faults(true));
  });
  socket.on('error', (error) => socket.destroy(error));
  socket.on('close', () => close(socket, check.faults(false)));
}

function bodyAfterHead(head: string): string | null {
  const end = head.indexOf('\r\n\r\n');
  if (end < 0) return null;
  if (!/^HTTP\/1\.1 200 /.test(head) || !/\r\ntransfer-encoding: *chunked/i.test(head)) {
    process.stderr.write(`not a stream: ${head.slice(0, 300)}\n`);
    process.exit(1);
  }
  answering += 1;
  if (answering === order.streams) startMeasuring();
  return head.slice(end + 4);
}

function startMeasuring(): void {
  fromUs = monotonicUs() + settleSeconds * 1e6;
  untilUs = fromUs + order.seconds * 1e6;
  process.stdout.write('{"event":"open"}\n');
}

function close(socket: Socket, found: StreamFaults): void {
  socket.removeAllListeners('close').destroy();
  faults = addFaults(faults, found);
  finished += 1;
  if (finished === order.streams) report();
}

function report(): void {
  const figures: StreamFigures = {
    events: order.streams * events,
    faults,
    betweenMs: spreadOf(betweenMs),
    onTheWayMs: spreadOf(onTheWayMs),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exit(0);
}

for (let stream = 0; stream < order.streams; stream += 1) {
  setTimeout(() => open(stream), (stream * 1000) / OPENED_PER_SECOND);
}

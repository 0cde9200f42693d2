// Sends requests at a fixed rate, whether answers come or not: `node open-loop.ts <OpenLoopOrder as JSON>`.
// Latency counts from the moment at which a request was due, so a stall is not hidden (no coordinated omission).
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { monotonicUs } from '../sse-event.ts';
import { spreadOf } from '../statistics.ts';
import { CHAT_BODY, renderRequest } from '../target.ts';
import { AnswerReader } from './answer-reader.ts';
import type { OpenLoopFigures, OpenLoopOrder } from './orders.ts';

const order: OpenLoopOrder = JSON.parse(process.argv[2] ?? '{}');
const requests = order.target.keys.map((key) => renderRequest(order.target, key, CHAT_BODY));
const intervalUs = 1e6 / order.requestsPerSecond;
const total = Math.round(order.requestsPerSecond * (order.warmUpSeconds + order.seconds));
const warmUp = Math.round(order.requestsPerSecond * order.warmUpSeconds);
// More than two seconds behind: it will not catch up, and there is nothing to measure.
const hopeless = order.requestsPerSecond * 2;
const startUs = monotonicUs() + 200_000;

const latenciesMs: number[] = [];
const latenessMs: number[] = [];
const idle: Socket[] = [];
const under = new Map<Socket, number>();
let due = 0;
let sent = 0;
let answered = 0;
let refused = 0;

function sendDue(): void {
  while (sent < due) {
    const socket = idle.pop();
    if (!socket) return;
    under.set(socket, sent);
    socket.write(requests[sent % requests.length] ?? '');
    if (sent >= warmUp) latenessMs.push((monotonicUs() - dueAtUs(sent)) / 1000);
    sent += 1;
  }
}

function dueAtUs(request: number): number {
  return startUs + request * intervalUs;
}

function finish(socket: Socket, status: number): void {
  const request = under.get(socket) ?? 0;
  if (request >= warmUp) latenciesMs.push((monotonicUs() - dueAtUs(request)) / 1000);
  if (status < 200 || status > 299) refused += 1;
  answered += 1;
  idle.push(socket);
  sendDue();
  if (answered === total) report(false);
}

function open(): Promise<void> {
  const socket = connect({ port: order.target.port, host: '127.0.0.1', noDelay: true });
  const reader = new AnswerReader();
  socket.setEncoding('latin1');
  socket.on('data', (piece: string) => {
    const status = reader.push(piece);
    if (status !== null) finish(socket, status);
  });
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('a connection was closed'));
  return new Promise((resolve) => {
    socket.once('connect', () => {
      idle.push(socket);
      resolve();
    });
  });
}

function report(saturated: boolean): never {
  const figures: OpenLoopFigures = {
    latencyMs: spreadOf(latenciesMs),
    latenessMs: spreadOf(latenessMs),
    refused,
    saturated,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exit(0);
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

await Promise.all(Array.from({ length: order.connections }, open));
const pacer = new Worker(join(import.meta.dirname, 'pace-worker.ts'), {
  workerData: { intervalUs, startUs, total },
});
pacer.on('message', (dueNow: number) => {
  due = dueNow;
  sendDue();
  if (due - answered > hopeless) report(true);
});

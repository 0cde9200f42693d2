import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { CleanUp } from '../../support/clean-up.ts';

/** Listens with room for one connection, says where, and then never lets its loop run again. */
const LISTENER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** How many connections the system takes in for a listener with a backlog of one that accepts none. */
const ROOM = 2;

/** A loopback port that answers no attempt to connect: its listener accepts nobody and its queue is full. */
export async function fullPort(cleanUp: CleanUp): Promise<number> {
  const worker = new Worker(LISTENER, { eval: true });
  cleanUp.add(async () => void (await worker.terminate()));
  const [port]: number[] = await once(worker, 'message');
  if (port === undefined) throw new Error('the listener has no port');
  for (let taken = 0; taken < ROOM; taken += 1) await takePlace(port, cleanUp);
  return port;
}

async function takePlace(port: number, cleanUp: CleanUp): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1');
  cleanUp.add(() => void socket.destroy());
  await once(socket, 'connect');
}

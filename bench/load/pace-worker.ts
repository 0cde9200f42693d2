// Says when a request is due, at a fixed rate: sleeps in a thread of its own, because timers of the event loop are
// a millisecond coarse and a loop that spins would take the processor away from the upstream beside it.
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicUs } from '../sse-event.ts';

const { intervalUs, startUs, total }: { intervalUs: number; startUs: number; total: number } = workerData;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

let sent = 0;
while (sent < total) {
  const dueUs = startUs + sent * intervalUs;
  const waitUs = dueUs - monotonicUs();
  if (waitUs > 0) Atomics.wait(sleeper, 0, 0, waitUs / 1000);
  const due = Math.min(total, Math.floor((monotonicUs() - startUs) / intervalUs) + 1);
  if (due <= sent) continue;
  sent = due;
  // The message is the number of requests that are due by now, all told.
  parentPort?.postMessage(due);
}

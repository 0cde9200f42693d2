import { parentPort } from 'node:worker_threads';
import { systemCode } from '../../core/disk-words.ts';
import type { UsageOrder } from './usage-thread.ts';
import { UsageWork } from './usage-work.ts';

// The thread that owns the usage counters: it merges, writes, reads and adds up, so that traffic does not wait for it.
const work = new UsageWork((message, fields) => parentPort?.postMessage({ problem: message, fields }));

parentPort?.on('message', ({ id, kind, task }: UsageOrder) => {
  work.ask(kind, task).then(
    (result) => parentPort?.postMessage({ id, result }),
    (error: unknown) =>
      parentPort?.postMessage({
        id,
        failure: error instanceof Error ? error.message : String(error),
        code: systemCode(error),
      }),
  );
});

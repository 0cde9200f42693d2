import { parentPort } from 'node:worker_threads';
import { ArchiveProblem } from './archive-problem.ts';
import { type ArchiveTask, doArchiveTask } from './archive-work.ts';

// One task, one answer: the thread that asked for it ends this one.
parentPort?.once('message', async (task: ArchiveTask) => {
  try {
    parentPort?.postMessage({ done: await doArchiveTask(task) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    parentPort?.postMessage({ failure: { isProblem: error instanceof ArchiveProblem, code, message } });
  }
});

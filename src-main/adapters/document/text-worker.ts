import { parentPort } from 'node:worker_threads';
import { doTextTask, type TextTask } from './text-work.ts';

// The thread that reads and edits large YAML files, so that traffic does not wait for them.
parentPort?.on('message', ({ id, task }: { id: number; task: TextTask }) => {
  try {
    parentPort?.postMessage({ id, result: doTextTask(task) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});

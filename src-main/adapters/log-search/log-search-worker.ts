import { parentPort } from 'node:worker_threads';
import { ProxyError } from '../../contract/errors.ts';
import { END, type SearchAnswer, type SearchTask, searchLog } from './search-task.ts';

// The thread that reads logs back, so that traffic does not wait for it.
parentPort?.on('message', (task: SearchTask | typeof END) => {
  if (task === END) parentPort?.close();
  else parentPort?.postMessage(answerTo(task));
});

function answerTo(task: SearchTask): SearchAnswer {
  try {
    return { id: task.id, page: searchLog(task) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: task.id, failure: { message, refused: error instanceof ProxyError } };
  }
}

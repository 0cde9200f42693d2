import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ArchiveProblem } from './archive-problem.ts';
import type { ArchiveTask, Unpacked } from './archive-work.ts';

interface Failure {
  readonly isProblem: boolean;
  readonly code: string | null;
  readonly message: string;
}

/** What the thread answers. */
type Answer = { readonly done: Unpacked } | { readonly failure: Failure };

/**
 * Does a task in a thread made for it, because hashing, packing and checking take longer than traffic should wait.
 * @throws ArchiveProblem where it is no whole backup; an error with the system's code
 */
export async function inArchiveThread(task: ArchiveTask): Promise<Unpacked> {
  // Beside this file there is the source when it runs from source, the built one otherwise.
  const file = import.meta.url.endsWith('.ts') ? './archive-worker.ts' : './archive-worker.js';
  const worker = new Worker(new URL(file, import.meta.url));
  try {
    const ended = once(worker, 'exit').then(() => {
      throw new Error('the thread that worked on a backup ended');
    });
    const answered = Promise.race([once(worker, 'message'), ended]);
    worker.postMessage(task);
    const answer: Answer = (await answered)[0];
    if ('done' in answer) return answer.done;
    throw errorOf(answer.failure);
  } finally {
    await worker.terminate();
  }
}

function errorOf({ isProblem, code, message }: Failure): Error {
  if (isProblem) return new ArchiveProblem(message);
  return Object.assign(new Error(message), code === null ? {} : { code });
}

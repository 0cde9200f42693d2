import { Worker } from 'node:worker_threads';
import type { UsageProblem } from './usage-ledger.ts';
import type { UsageAnswers, UsageOwner, UsageTaskKind, UsageTasks } from './usage-work.ts';

/** A task on its way to the thread. */
export interface UsageOrder<K extends UsageTaskKind = UsageTaskKind> {
  readonly id: number;
  readonly kind: K;
  readonly task: UsageTasks[K];
}

type Reply =
  | { readonly problem: string; readonly fields: Parameters<UsageProblem>[1] }
  | {
      readonly id: number;
      readonly result?: UsageAnswers[UsageTaskKind];
      readonly failure?: string;
      /** The system's code, where the disk failed. */
      readonly code?: string | null;
    };

/**
 * What it reads is garbage at once, and a large young generation would keep it. More than this heap it never needs; should it
 * all the same, it dies alone and what it had not settled is counted again from the log.
 */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The thread died; what it had not settled is still in the request log. */
export class UsageThreadError extends Error {
  override readonly name = 'UsageThreadError';
}

/** The owner of the rows in a thread of its own. */
export class UsageThread implements UsageOwner {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onProblem: UsageProblem;
  #nextId = 1;
  #ended: UsageThreadError | null = null;

  constructor(onProblem: UsageProblem) {
    this.#onProblem = onProblem;
    // Beside this file there is the source when it runs from source, the built one otherwise.
    const file = import.meta.url.endsWith('.ts') ? './usage-worker.ts' : './usage-worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url), { resourceLimits: LIMITS });
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#answer(reply));
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', () => this.#end('it ended'));
  }

  get isAlive(): boolean {
    return this.#ended === null;
  }

  ask<K extends UsageTaskKind>(kind: K, task: UsageTasks[K]): Promise<UsageAnswers[K]> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      // What comes back for an id is what the other side made for its kind.
      this.#waiting.set(id, { resolve: (result) => resolve(result as UsageAnswers[K]), reject });
      // Only a thread that owes an answer keeps the process alive.
      this.#worker.ref();
      const order: UsageOrder<K> = { id, kind, task };
      this.#worker.postMessage(order, 'hours' in task ? columnsOf(task.hours) : []);
    });
  }

  async close(): Promise<void> {
    this.#ended ??= new UsageThreadError('the usage counters are closed');
    await this.#worker.terminate();
  }

  #answer(reply: Reply): void {
    if ('problem' in reply) {
      this.#onProblem(reply.problem, reply.fields);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.failure === undefined) waiting?.resolve(reply.result);
    else
      waiting?.reject(
        Object.assign(new Error(reply.failure), reply.code == null ? {} : { code: reply.code }),
      );
  }

  #end(reason: string): void {
    this.#ended ??= new UsageThreadError(`the thread of the usage counters failed: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** Columns go to the thread without being copied. */
function columnsOf(hours: UsageTasks['add']['hours']): ArrayBuffer[] {
  return hours.flatMap(({ sums, buckets }) => [sums.buffer, buckets.buffer]);
}

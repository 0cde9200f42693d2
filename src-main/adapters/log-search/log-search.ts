import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AuditEntry } from '../../contract/audit.ts';
import { ProxyError } from '../../contract/errors.ts';
import type { AuditQuestion, LoggedRequest, RequestQuestion } from '../../core/control-ports.ts';
import type { Clock } from '../../core/ports.ts';
import type { LogPage } from './log-question.ts';
import { END, type SearchAnswer, type SearchTask } from './search-task.ts';

/** A thread takes memory that an idle program should not need. */
const IDLE_MS = 60_000;

interface Waiting {
  resolve(page: LogPage<LoggedRequest | AuditEntry>): void;
  reject(error: Error): void;
}

/** Searches the logs of a folder in a thread of its own, which starts when it is needed and ends when it is idle. */
export class LogSearch {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #stopIdling: () => void = () => undefined;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** @throws ProxyError `validation_failed` for a cursor that is none */
  async requests(question: RequestQuestion): Promise<LogPage<LoggedRequest>> {
    // A task for this log is answered with lines of it.
    return (await this.#ask({ log: 'requests', question })) as LogPage<LoggedRequest>;
  }

  /** @throws ProxyError `validation_failed` for a cursor that is none */
  async audit(question: AuditQuestion): Promise<LogPage<AuditEntry>> {
    // As above.
    return (await this.#ask({ log: 'audit', question })) as LogPage<AuditEntry>;
  }

  /** Ends the thread; what it still owes fails. */
  async close(): Promise<void> {
    await this.#end();
  }

  #ask(
    task:
      | { readonly log: 'requests'; readonly question: RequestQuestion }
      | { readonly log: 'audit'; readonly question: AuditQuestion },
  ): Promise<LogPage<LoggedRequest | AuditEntry>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#stopIdling();
      const thread = this.#thread();
      // Only a thread that owes an answer keeps the process alive.
      thread.ref();
      thread.postMessage({ id, folder: this.#folder, ...task } satisfies SearchTask);
    });
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const file = import.meta.url.endsWith('.ts') ? './log-search-worker.ts' : './log-search-worker.js';
    const worker = new Worker(new URL(file, import.meta.url));
    worker.on('message', (answer: SearchAnswer) => this.#answer(answer));
    worker.on('error', (error) =>
      this.#fail(worker, error instanceof Error ? error : new Error(String(error))),
    );
    worker.on('exit', () => this.#fail(worker, new Error('the thread that searches logs has ended')));
    this.#worker = worker;
    return worker;
  }

  #answer(answer: SearchAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#idle();
    if ('page' in answer) waiting?.resolve(answer.page);
    else waiting?.reject(errorOf(answer.failure));
  }

  #idle(): void {
    this.#worker?.unref();
    this.#stopIdling = this.#clock.after(IDLE_MS, () => void this.#end());
  }

  async #end(): Promise<void> {
    this.#stopIdling();
    const worker = this.#worker;
    if (worker === null) return;
    if (this.#waiting.size > 0) {
      await worker.terminate();
      return;
    }
    this.#worker = null;
    worker.ref();
    worker.postMessage(END);
    await once(worker, 'exit');
  }

  /** What was asked of a thread that is gone is answered by nobody; the next question gets a new one. */
  #fail(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function errorOf({ message, refused }: { readonly message: string; readonly refused: boolean }): Error {
  return refused
    ? new ProxyError('validation_failed', message)
    : new Error(`a log cannot be searched: ${message}`);
}

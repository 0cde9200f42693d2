import { Worker } from 'node:worker_threads';
import type { Format, Parsed, Position, TextEdit } from './config-file.ts';
import type { MemberPath } from './locate.ts';
import { doTextTask, type TextResult, type TextTask } from './text-work.ts';
import { SharedTextError } from './yaml-text.ts';

/** Up to this many characters the work is done at once: starting a thread would take longer. */
const SMALL_CHARS = 64 * 1024;
/** What a changed record takes in a text, roughly. */
const CHARS_OF_RECORD = 256;

/** How long the text is that is worked on, with what is put into it. UTF-16 units */
const sizeOf = (task: TextTask): number =>
  task.text.length + (task.kind === 'edit' ? task.edits.length * CHARS_OF_RECORD : 0);

interface Waiting {
  readonly task: TextTask;
  resolve(result: TextResult): void;
  reject(error: Error): void;
}

interface Answer {
  readonly id: number;
  readonly result?: TextResult;
  readonly failure?: string;
}

/** Reads and edits configuration texts; the large YAML ones in a thread of its own, which starts when it is first needed. */
export class TextEngine {
  #worker: Worker | null = null;
  /** All work is done here: it is a thread already, or none can be had. */
  #worksHere: boolean;
  #nextId = 1;
  readonly #waiting = new Map<number, Waiting>();

  /** @param threads whether large texts have a thread of their own; `false` in what is one already */
  constructor({ threads = true }: { readonly threads?: boolean } = {}) {
    this.#worksHere = !threads;
  }

  async parse(text: string, format: Format): Promise<Parsed> {
    const result = await this.#run({ kind: 'parse', text, format }, format);
    return result.kind === 'parsed' ? result.parsed : { ok: false, problems: [] };
  }

  /** @throws SharedTextError */
  async editYaml(text: string, edits: readonly TextEdit[]): Promise<string> {
    const result = await this.#run({ kind: 'edit', text, edits }, 'yaml');
    if (result.kind === 'edited') return result.text;
    throw new SharedTextError(result.kind === 'shared' ? result.message : 'the file cannot be edited');
  }

  async locate(text: string, format: Format, paths: readonly MemberPath[]): Promise<readonly Position[]> {
    const result = await this.#run({ kind: 'locate', text, format, paths }, 'yaml');
    return result.kind === 'located' ? result.positions : [];
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** JSON.parse is faster than handing its result from thread to thread. */
  async #run(task: TextTask, format: Format): Promise<TextResult> {
    if (format === 'json' || sizeOf(task) <= SMALL_CHARS || this.#worksHere) return doTextTask(task);
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { task, resolve, reject });
      const thread = this.#thread();
      // Only a thread that owes an answer keeps the process alive.
      thread.ref();
      thread.postMessage({ id, task });
    });
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    // Beside this file there is the source when it runs from source, the built one otherwise.
    const file = import.meta.url.endsWith('.ts') ? './text-worker.ts' : './text-worker.js';
    const worker = new Worker(new URL(file, import.meta.url));
    worker.on('message', (answer: Answer) => this.#answer(answer));
    worker.on('error', () => this.#fallBack());
    worker.on('exit', () => this.#fallBack());
    this.#worker = worker;
    return worker;
  }

  #answer({ id, result, failure }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (result !== undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(failure));
  }

  /** A thread that cannot start must not cost the configuration: the work is then done here, slowly. */
  #fallBack(): void {
    this.#worker = null;
    this.#worksHere = true;
    for (const { task, resolve, reject } of this.#waiting.values()) {
      try {
        resolve(doTextTask(task));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.#waiting.clear();
  }
}

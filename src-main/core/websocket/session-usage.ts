import { NO_USAGE, type Usage } from '../../contract/request-record.ts';
import { addUsage, mergeUsage, ofUsage, usageIn } from '../usage.ts';

/** An error that the platform told within a session. */
export interface SessionError {
  /** Whose it is: what OpenAI calls an invalid request is the client's. */
  readonly outcome: 'client_error' | 'platform_error';
  readonly code: string;
  readonly message: string;
}

/** Tasks of one connection whose totals may still change; of more, the oldest counts as settled. */
const MOST_OPEN_TASKS = 100;
/** A quick look that misses no event that is read below. */
const MAY_MATTER = /"usage|"task-f|"error"/;

/** The same look at bytes that were not decoded yet. */
const SIGNS = ['"usage', '"task-f', '"error"'].map((sign) => new TextEncoder().encode(sign));
const QUOTE = 0x22;

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether a message, UTF-8 between two places, may tell of usage or an error: cheap, because nearly none does. */
export function mayTell(bytes: Uint8Array, from: number, until: number): boolean {
  for (let at = from; at < until; at += 1) {
    if (bytes[at] !== QUOTE) continue;
    for (const sign of SIGNS) if (at + sign.length <= until && standsAt(at, bytes, sign)) return true;
  }
  return false;
}

function standsAt(at: number, bytes: Uint8Array, sign: Uint8Array): boolean {
  for (let i = 1; i < sign.length; i += 1) if (bytes[at + i] !== sign[i]) return false;
  return true;
}

/**
 * What a session used, read from the events the platform sends. DashScope repeats a task's total as it grows: the
 * last one of each task counts, and tasks add up. OpenAI's and Gemini's events each tell what one turn used, and add up.
 */
export class SessionUsage {
  #settled: Usage = NO_USAGE;
  readonly #tasks = new Map<string, Usage>();
  #error: SessionError | null = null;

  /** One text message from the platform. */
  read(text: string): void {
    if (!MAY_MATTER.test(text)) return;
    const event = parsed(text);
    if (event === null) return;
    if (isShape(event.header)) this.#readTask(event.header, event.payload);
    else this.#readTurn(event);
  }

  /** The sum so far. */
  get usage(): Usage {
    return [...this.#tasks.values()].reduce(addUsage, this.#settled);
  }

  /** The last error, or `null`. */
  get error(): SessionError | null {
    return this.#error;
  }

  /** DashScope's `inference`: `{header: {task_id, event}, payload: {output, usage}}`. */
  #readTask(header: Shape, payload: unknown): void {
    const task = textOf(header.task_id);
    const told = isShape(payload) && isShape(payload.usage) ? ofUsage(payload.usage) : null;
    if (told !== null) this.#tasks.set(task, mergeUsage(this.#tasks.get(task) ?? NO_USAGE, told));
    const isOver = header.event === 'task-finished' || header.event === 'task-failed';
    if (isOver) this.#settle(task);
    else if (this.#tasks.size > MOST_OPEN_TASKS) this.#settle(this.#tasks.keys().next().value ?? '');
    if (header.event === 'task-failed') {
      this.#error = {
        outcome: 'platform_error',
        code: textOf(header.error_code) || 'task-failed',
        message: textOf(header.error_message),
      };
    }
  }

  #settle(task: string): void {
    const usage = this.#tasks.get(task);
    this.#tasks.delete(task);
    if (usage !== undefined) this.#settled = addUsage(this.#settled, usage);
  }

  /** `response.done`, transcriptions, Gemini's `usageMetadata`. */
  #readTurn(event: Shape): void {
    const told = usageIn(event);
    if (told !== null) this.#settled = addUsage(this.#settled, told);
    this.#error = errorIn(event) ?? this.#error;
  }
}

/** `{type: 'error', error}`, or `response.done` of a response that failed, which tells why in its `status_details`. */
function errorIn({ type, error, response }: Shape): SessionError | null {
  const failed = isShape(response) && response.status === 'failed' ? response.status_details : null;
  const told = type === 'error' ? error : isShape(failed) ? failed.error : null;
  if (!isShape(told)) return null;
  const kind = textOf(told.type);
  return {
    outcome: kind === 'invalid_request_error' ? 'client_error' : 'platform_error',
    code: textOf(told.code) || kind || 'error',
    message: textOf(told.message),
  };
}

function parsed(text: string): Shape | null {
  try {
    const value: unknown = JSON.parse(text);
    return isShape(value) ? value : null;
  } catch {
    return null;
  }
}

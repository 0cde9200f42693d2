import { NO_USAGE, type Usage } from '../../contract/request-record.ts';
import { type DigestListener, JsonDigest } from '../metering/json-digest.ts';
import { KeptMembers } from '../metering/json-kept.ts';
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

const ERROR = new KeptMembers({ type: 'whole', code: 'whole', message: 'whole' });

/** What of a message matters, on all platforms. */
const MESSAGE = new KeptMembers({
  type: 'whole',
  usage: 'whole',
  usageMetadata: 'whole',
  error: ERROR,
  code: 'whole',
  message: 'whole',
  response: new KeptMembers({
    usage: 'whole',
    status: 'whole',
    status_details: new KeptMembers({ error: ERROR }),
    error: ERROR,
  }),
  header: new KeptMembers({ task_id: 'whole', event: 'whole', error_code: 'whole', error_message: 'whole' }),
  payload: new KeptMembers({ usage: 'whole' }),
});

/** With which an answer of OpenAI's Responses ends. Realtime's turns end nothing: a conversation has no end of its own. */
const ENDS = new Set(['response.completed', 'response.failed', 'response.incomplete']);
const BEGINS = 'response.created';

/** What stands in each message that tells something: a quick look at all others is enough. */
const SIGNS = ['usage', 'task-', 'error"', ...[...ENDS, BEGINS].map((type) => `${type}"`)].map((sign) =>
  new TextEncoder().encode(`"${sign}`),
);
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
export class SessionUsage implements DigestListener {
  readonly #digest = new JsonDigest(MESSAGE, this);
  readonly #sent: () => number;
  /** Answers and tasks that have begun and not ended. */
  #open = 0;
  /** How many messages the client had sent when the last of them ended; -1: none has. */
  #sentAtAnswer = -1;
  #settled: Usage = NO_USAGE;
  readonly #tasks = new Map<string, Usage>();
  #error: SessionError | null = null;

  /** @param sent how many messages the client has sent so far */
  constructor(sent: () => number) {
    this.#sent = sent;
  }

  /** A message of the platform's begins. */
  begin(): void {
    this.#digest.restart();
  }

  /** A part of it. */
  push(bytes: Uint8Array, from: number, until: number): void {
    this.#digest.push(bytes, from, until);
  }

  told(event: Shape): void {
    if (isShape(event.header)) this.#readTask(event.header, event.payload);
    else this.#readTurn(event);
  }

  /** Whether the platform has answered everything that it was asked: nothing is under way, and the client sent nothing since. */
  get isAnswered(): boolean {
    return this.#open === 0 && this.#sentAtAnswer === this.#sent();
  }

  #begins(): void {
    this.#open += 1;
  }

  #answered(): void {
    this.#open = Math.max(0, this.#open - 1);
    this.#sentAtAnswer = this.#sent();
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
    if (header.event === 'task-started') this.#begins();
    if (isOver) this.#answered();
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
    if (event.type === BEGINS) this.#begins();
    else if (ENDS.has(textOf(event.type))) this.#answered();
  }
}

/** `{type: 'error', error}` or the same with the error's members in it (`ResponseErrorEvent`), or a response that failed, which tells why in its `status_details` (Realtime) or its `error`. */
function errorIn(event: Shape): SessionError | null {
  const { type, error, response } = event;
  const failed = isShape(response) && response.status === 'failed' ? response : null;
  const details = failed?.status_details;
  const told = type === 'error' ? (error ?? event) : isShape(details) ? details.error : failed?.error;
  if (!isShape(told)) return null;
  const kind = told === event ? '' : textOf(told.type);
  return {
    outcome: kind === 'invalid_request_error' ? 'client_error' : 'platform_error',
    code: textOf(told.code) || kind || 'error',
    message: textOf(told.message),
  };
}

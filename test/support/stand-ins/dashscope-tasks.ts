import type { Exchange } from '../stand-in.ts';
import { dashScopeError, REQUEST_ID } from './dashscope-generation.ts';

/** The asynchronous tasks of one stand-in. */
export interface Tasks {
  /** Begins one. */
  begin(exchange: Exchange): void;
  /** Tells of one, or cancels it. @param resource `<id>` or `<id>/cancel` */
  handle(exchange: Exchange, resource: string): void;
}

type Status = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'CANCELED';

const NEXT: Readonly<Record<Status, Status>> = {
  PENDING: 'RUNNING',
  RUNNING: 'SUCCEEDED',
  SUCCEEDED: 'SUCCEEDED',
  CANCELED: 'CANCELED',
};

function outcome(url: string, id: string): object {
  return {
    results: [{ url: `${url}/results/${id}.png` }],
    task_metrics: { TOTAL: 1, SUCCEEDED: 1, FAILED: 0 },
  };
}

/** Keeps tasks: each time one is asked for it is a step further. */
export function createTasks(): Tasks {
  const statuses = new Map<string, Status>();

  const tell = ({ answer, url }: Exchange, id: string): void => {
    const status = statuses.get(id);
    if (status !== undefined) statuses.set(id, NEXT[status]);
    // An unknown task is an answer like any other.
    const output = { task_id: id, task_status: status ?? 'UNKNOWN' };
    const done = status === 'SUCCEEDED';
    answer.json(200, {
      request_id: REQUEST_ID,
      output: done ? { ...output, ...outcome(url, id) } : output,
      ...(done ? { usage: { image_count: 1 } } : {}),
    });
  };

  const cancel = (exchange: Exchange, id: string): void => {
    if (statuses.get(id) !== 'PENDING') {
      const reason = 'Failed to cancel the task, please confirm if the task is in PENDING status.';
      dashScopeError(exchange, 400, reason);
      return;
    }
    statuses.set(id, 'CANCELED');
    exchange.answer.json(200, { request_id: REQUEST_ID });
  };

  return {
    begin(exchange) {
      if (exchange.seen.header('x-dashscope-async')[0] !== 'enable') {
        dashScopeError(exchange, 403, 'current user api does not support synchronous calls.');
        return;
      }
      const task_id = `task-stand-in-${statuses.size + 1}`;
      statuses.set(task_id, 'PENDING');
      const output = { task_id, task_status: 'PENDING' };
      exchange.answer.json(200, { request_id: REQUEST_ID, output });
    },
    handle(exchange, resource) {
      const [id = '', verb] = resource.split('/');
      const { method } = exchange.seen;
      if (method === 'GET' && verb === undefined) tell(exchange, id);
      else if (method === 'POST' && verb === 'cancel') cancel(exchange, id);
      else dashScopeError(exchange, 404, 'Not found.');
    },
  };
}

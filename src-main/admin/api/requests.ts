import { createRoute, z } from '@hono/zod-openapi';
import { LoggedRequest } from '../../contract/logged-request.ts';
import type { LoggedRequest as Logged, RequestSearch } from '../../core/control-ports.ts';
import type { Clock } from '../../core/ports.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { refuse } from '../console-error.ts';
import { given, LOG_PAGE, logPage, OPEN_RANGE, openRange } from '../query-values.ts';
import { REQUEST_FILTER } from '../request-query.ts';

/** Ids tell no time, so one request is looked for in the whole log; a log of weeks must not keep a client forever. */
const LONGEST_SEARCH_MS = 20_000;

// A schema that is made here can be named, which the contract's own cannot.
const Request = LoggedRequest.extend({}).openapi('Request');

const listRequests = createRoute({
  method: 'get',
  path: '/requests',
  summary: 'The request log, newest first',
  description:
    'The range is meant of when requests ended, as in statistics. A page may hold fewer requests than `limit`, or ' +
    'none, and have a `next` all the same: one call looks through a bounded part of the log.',
  tags: ['Requests'],
  request: { query: z.strictObject({ ...OPEN_RANGE, ...REQUEST_FILTER, ...LOG_PAGE }) },
  responses: { 200: jsonAnswer(logPage(Request, 'RequestPage'), 'Requests'), ...ERRORS },
});

const getRequest = createRoute({
  method: 'get',
  path: '/requests/{request_id}',
  summary: 'One request, by the id that its answer carried in x-aiproxy-request-id',
  tags: ['Requests'],
  request: { params: z.object({ request_id: z.string().max(256) }) },
  responses: { 200: jsonAnswer(Request, 'The request'), ...ERRORS },
});

/** The request log, read back. */
export function requestRoutes({ requests, clock }: AdminContext) {
  return apiRouter()
    .openapi(listRequests, async (context) => {
      const { start_time, end_time, limit, cursor = null, ...filter } = context.req.valid('query');
      const range = openRange({ start_time, end_time });
      const { items, next } = await requests.find({ ...range, ...given(filter), limit, cursor });
      return context.json({ items: [...items], next }, 200);
    })
    .openapi(getRequest, async (context) => {
      const { request_id } = context.req.valid('param');
      const found = await findRequest(requests, clock, request_id, context.req.raw.signal);
      // The refusal is one of the errors that the route's description allows.
      if (found === null) return refuse(context, 'not_found', 'The log has no such request.') as never;
      return context.json(found, 200);
    });
}

async function findRequest(
  requests: RequestSearch,
  clock: Clock,
  request_id: string,
  asked: AbortSignal,
): Promise<Logged | null> {
  const untilMs = clock.monotonicMs() + LONGEST_SEARCH_MS;
  const question = { fromMs: null, untilMs: null, request_id, limit: 1 };
  let page = await requests.find({ ...question, cursor: null });
  while (page.items.length === 0 && page.next !== null && !asked.aborted && clock.monotonicMs() < untilMs) {
    page = await requests.find({ ...question, cursor: page.next });
  }
  return page.items[0] ?? null;
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Dimension } from '../../contract/statistics.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { queryNumber } from '../query-values.ts';
import { reportAnswer, summaryAnswer, UsageList, UsageSummary } from '../statistics-answer.ts';
import { askedRange, QueryGranularity, STATISTICS_QUERY } from '../statistics-query.ts';
import { SORTS, sortedReport } from '../statistics-sort.ts';

/** The resources, and what each groups by. */
const GROUPINGS = {
  users: ['user'],
  keys: ['key'],
  channels: ['channel'],
  endpoints: ['endpoint'],
  models: ['model'],
  protocols: ['protocol'],
  outcomes: ['outcome'],
  errors: ['outcome', 'error'],
} as const satisfies Record<string, readonly Dimension[]>;

type Grouped = keyof typeof GROUPINGS;

/** All that is no success. */
const FAILURES = ['client_error', 'platform_error', 'gateway_error', 'aborted', 'partial'];

const RANGE =
  'The range is half-open; without it, today. Usage is counted by the hour (days after a week, months after three ' +
  'months), and a period counts where its start lies in the range, so that adjoining ranges add up.';

const ListQuery = z.strictObject({
  ...STATISTICS_QUERY,
  granularity: QueryGranularity,
  sort: z.enum(SORTS).default('requests').openapi({
    description:
      'The figure by which the largest come first; `errors` is all that is no success, `percentile` the first one asked for',
  }),
  limit: queryNumber(z.int().min(1).max(10_000)).default(1000),
});

const getSummary = createRoute({
  method: 'get',
  path: '/statistics/summary',
  summary: 'The usage of all together',
  description: RANGE,
  tags: ['Statistics'],
  request: { query: z.strictObject(STATISTICS_QUERY) },
  responses: { 200: jsonAnswer(UsageSummary, 'Usage'), ...ERRORS },
});

function listRoute<R extends Grouped>(resource: R) {
  const by: readonly Dimension[] = GROUPINGS[resource];
  return createRoute({
    method: 'get',
    path: `/statistics/${resource}` as const,
    summary: resource === 'errors' ? 'What went wrong, most often first' : `The usage by ${by.join(' and ')}`,
    description:
      `${RANGE} The largest number of requests comes first, or of what \`sort\` says, with a granularity within each ` +
      'period; `count` says how many groups there are beyond `limit`.',
    tags: ['Statistics'],
    request: { query: ListQuery },
    responses: { 200: jsonAnswer(UsageList, 'Usage'), ...ERRORS },
  });
}

/** The summary, and a list for each of the groupings. */
export function statisticsRoutes(admin: AdminContext) {
  const summary = apiRouter().openapi(getSummary, async (context) => {
    const { question, calendar } = askedRange(context.req.valid('query'), null, admin);
    const report = await admin.usage.report({ ...question, by: [] });
    return context.json(summaryAnswer(question, report, calendar, admin.served()), 200);
  });
  return summary
    .route('/', listRoutes('users', admin))
    .route('/', listRoutes('keys', admin))
    .route('/', listRoutes('channels', admin))
    .route('/', listRoutes('endpoints', admin))
    .route('/', listRoutes('models', admin))
    .route('/', listRoutes('protocols', admin))
    .route('/', listRoutes('outcomes', admin))
    .route('/', listRoutes('errors', admin));
}

function listRoutes<R extends Grouped>(resource: R, admin: AdminContext) {
  return apiRouter().openapi(listRoute(resource), async (context) => {
    const { limit, sort, granularity = null, ...query } = context.req.valid('query');
    const { question, calendar } = askedRange(query, granularity, admin);
    const where = resource === 'errors' ? failuresOf(question.where) : question.where;
    const report = await admin.usage.report({ ...question, where, by: GROUPINGS[resource] });
    const names = { document: admin.served(), gone: admin.retired };
    return context.json(
      reportAnswer(question, sortedReport(report, sort, question), calendar, limit, names),
      200,
    );
  });
}

function failuresOf(where: Readonly<Partial<Record<Dimension, readonly string[]>>>) {
  return { ...where, outcome: FAILURES.filter((one) => where.outcome?.includes(one) ?? true) };
}

import { createRoute, z } from '@hono/zod-openapi';
import { GRANULARITIES, UsageFigures } from '../../contract/statistics.ts';
import { Time } from '../../contract/values.ts';
import { filledTimeline, fittingGranularity } from '../../core/filled-timeline.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { summaryAnswer, UsageSummary } from '../statistics-answer.ts';
import { askedRange, QueryGranularity, STATISTICS_QUERY } from '../statistics-query.ts';

const Timeline = UsageSummary.extend({
  granularity: z.enum(GRANULARITIES),
  items: z.array(UsageFigures.extend({ period: Time })),
}).openapi('UsageTimeline');

const getTimeline = createRoute({
  method: 'get',
  path: '/statistics/timeline',
  summary: 'The usage over time, periods without any included',
  description:
    'Without a granularity: hours for up to three days, days for up to a hundred, else months. What is older than a ' +
    'week is known by the day only, what is older than three months by the month, and stands where that period begins.',
  tags: ['Statistics'],
  request: { query: z.strictObject({ ...STATISTICS_QUERY, granularity: QueryGranularity }) },
  responses: { 200: jsonAnswer(Timeline, 'Usage'), ...ERRORS },
});

/** What charts are drawn from. */
export function timelineRoutes(admin: AdminContext) {
  return apiRouter().openapi(getTimeline, async (context) => {
    const { granularity: wanted, ...query } = context.req.valid('query');
    const { question, calendar } = askedRange(query, wanted ?? null, admin);
    const granularity = wanted ?? fittingGranularity(question.untilMs - question.fromMs);
    const report = await admin.usage.report({ ...question, granularity, by: [] });
    const items = filledTimeline(report, question, granularity, calendar);
    return context.json(
      { ...summaryAnswer(question, report, calendar, admin.served()), granularity, items },
      200,
    );
  });
}

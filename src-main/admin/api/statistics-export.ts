import { createRoute, z } from '@hono/zod-openapi';
import { parseGrouping } from '../../core/usage-export/grouping.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/usage-export/usage-export.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS } from '../api-router.ts';
import { askedRange, bad, STATISTICS_QUERY } from '../statistics-query.ts';

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
};

const exportUsage = createRoute({
  method: 'get',
  path: '/statistics/export',
  summary: 'The usage as a file, by any grouping',
  description:
    'CSV: RFC 4180 in UTF-8 with a byte order mark; a text that a spreadsheet would take for a formula begins with an ' +
    'apostrophe. JSON: an array of objects with the same names. Names stand beside ids (`user`, `user_name`).',
  tags: ['Statistics'],
  request: {
    query: z.strictObject({
      ...STATISTICS_QUERY,
      by: z.string().max(200).openapi({
        description:
          'Any of user, key, channel, endpoint, model, protocol, outcome, error; and one of hour, day, month',
        example: 'user,model,day',
      }),
      format: z.enum(EXPORT_FORMATS).default('csv'),
    }),
  },
  responses: {
    200: {
      description: 'The file',
      content: {
        'text/csv': { schema: z.string() },
        'application/json': {
          schema: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
        },
      },
    },
    ...ERRORS,
  },
});

/** Downloads of the statistics. */
export function exportRoutes(admin: AdminContext) {
  return apiRouter().openapi(exportUsage, async (context) => {
    const { by: words, format, ...query } = context.req.valid('query');
    const grouping = parseGrouping(words);
    if (typeof grouping === 'string') throw bad('by', grouping);
    const { question, calendar } = askedRange(query, grouping.granularity, admin);
    const content = await admin.exportUsage({ ...question, by: grouping.by }, format);
    const day = (ms: number): string => calendar.timeText(ms).slice(0, 10);
    const name = `aiproxy-usage-${day(question.fromMs)}-${day(question.untilMs - 1)}.${format}`;
    // A stream has no type that the description could be compared with.
    return context.body(content, 200, {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
    }) as never;
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import { exportFileName } from '../../core/usage-export/export-row.ts';
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
    'apostrophe. JSON: an array of objects with the same names. Names stand beside ids (`user`, `user_name`, `user_email`). ' +
    'What it is narrowed to stands in a column of its own, the same in each row, and in the name of the file. `cost` is ' +
    'empty where nothing that was used has a price, and `unpriced` counts the requests that are not in it.',
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

/** A name of a file, in UTF-8 too where it needs that. @see RFC 6266 */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const exact = plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`;
  return `attachment; filename="${plain}"${exact}`;
}

/** Downloads of the statistics. */
export function exportRoutes(admin: AdminContext) {
  return apiRouter().openapi(exportUsage, async (context) => {
    const { by: words, format, ...query } = context.req.valid('query');
    const grouping = parseGrouping(words);
    if (typeof grouping === 'string') throw bad('by', grouping);
    const { question, calendar } = askedRange(query, grouping.granularity, admin);
    const content = await admin.exportUsage({ ...question, by: grouping.by }, format);
    const day = (ms: number): string => calendar.timeText(ms).slice(0, 10);
    const names = { document: admin.served(), gone: admin.retired };
    const name = exportFileName(question, names, day(question.fromMs), day(question.untilMs - 1));
    // A stream has no type that the description could be compared with.
    return context.body(content, 200, {
      'content-type': TYPES[format],
      'content-disposition': attachment(`${name}.${format}`),
    }) as never;
  });
}

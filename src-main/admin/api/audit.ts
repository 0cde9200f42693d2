import { createRoute, z } from '@hono/zod-openapi';
import { AuditEntry } from '../../contract/audit.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { given, LOG_PAGE, logPage, OPEN_RANGE, openRange, QueryText } from '../query-values.ts';

const listEntries = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'What admins did, newest first',
  description:
    'A page may hold fewer entries than `limit`, or none, and have a `next` all the same: one call looks through a ' +
    'bounded part of the log.',
  tags: ['Audit'],
  request: {
    query: z.strictObject({
      ...OPEN_RANGE,
      action: QueryText.optional().openapi({
        example: 'user.create',
        description: 'One action, or all of a kind: `user.*`',
      }),
      target: QueryText.optional(),
      text: QueryText.min(1).optional().openapi({ description: 'Part of any text, whatever its case' }),
      ...LOG_PAGE,
    }),
  },
  responses: {
    200: jsonAnswer(logPage(AuditEntry.extend({}).openapi('AuditEntry'), 'AuditPage'), 'Entries'),
    ...ERRORS,
  },
});

/** The audit log, read back. */
export function auditRoutes({ audit }: AdminContext) {
  return apiRouter().openapi(listEntries, async (context) => {
    const { start_time, end_time, limit, cursor = null, ...filter } = context.req.valid('query');
    const range = openRange({ start_time, end_time });
    const { items, next } = await audit.find({ ...range, ...given(filter), limit, cursor });
    return context.json({ items: [...items], next }, 200);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import { permissionsOf } from '../../core/effective.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { existing } from '../resources/record-writing.ts';
import { USERS } from './users.ts';

const Permitted = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    status: z.enum(['active', 'disabled']).nullable().openapi({ description: 'null: it is not configured' }),
    own: z.boolean().openapi({ description: 'The user’s own list names it, or all' }),
    group: z
      .object({ id: z.string(), name: z.string().nullable() })
      .nullable()
      .openapi({ description: 'The group whose list names it, or all' }),
  })
  .openapi('PermittedChannel');

const listPermitted = createRoute({
  method: 'get',
  path: '/users/{id}/channels',
  summary: 'The channels a user may use, and why',
  tags: ['Users'],
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(Permitted) }).openapi('PermittedChannels'),
      'In the order of the configuration',
    ),
    ...ERRORS,
  },
});

/** What users may use, by themselves and through their group. */
export function userChannelRoutes({ store }: AdminContext) {
  return apiRouter().openapi(listPermitted, (context) => {
    const { record } = existing({ store }, USERS, context.req.valid('param').id);
    const { channels, groups } = store.current;
    const items = permissionsOf(store.current, record).map(({ id, own, group }) => {
      const channel = channels[id];
      return {
        id,
        name: channel?.name ?? null,
        status: channel === undefined ? null : (channel.status ?? ('active' as const)),
        own,
        group: group === null ? null : { id: group, name: groups[group]?.name ?? null },
      };
    });
    return context.json({ items }, 200);
  });
}

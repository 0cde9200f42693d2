import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const GroupMembers = z.object({ group: z.string(), users: z.int().positive() }).openapi('GroupMembers');

const countMembers = createRoute({
  method: 'get',
  path: '/group-members',
  summary: 'How many users each group has; groups without users are left out',
  tags: ['Groups'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(GroupMembers) }).openapi('GroupMemberCounts'), 'By id'),
    ...ERRORS,
  },
});

/** How many users are in which group. */
export function groupMemberRoutes({ store }: Pick<AdminContext, 'store'>) {
  return apiRouter().openapi(countMembers, (context) => {
    const counts = new Map<string, number>();
    for (const { group } of Object.values(store.current.users)) {
      if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return context.json({ items: [...counts].map(([group, users]) => ({ group, users })) }, 200);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { User } from '../../contract/document.ts';
import { Id, Status } from '../../contract/values.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { BulkAnswer, bulkBody, changeMany } from '../resources/bulk-change.ts';
import type { RecordContext } from '../resources/record-writing.ts';
import { USERS } from './users.ts';

const UserSet = z
  .strictObject({ status: Status.optional(), group: Id.nullable().optional() })
  .openapi({ description: 'null takes the group away' });

const changeUsers = createRoute({
  method: 'post',
  path: '/users/bulk',
  summary: 'Changes or deletes many users at once',
  description:
    'What is set is set for all of them in one commit, or for none. Those who have it so already stay.',
  tags: ['Users'],
  request: { body: jsonBody(bulkBody(UserSet, 'Their Proxy-Keys go along').openapi('BulkUsers')) },
  responses: { 200: jsonAnswer(BulkAnswer, 'Who was changed'), ...ERRORS },
});

function changed(user: User, { status, group }: z.infer<typeof UserSet>): User {
  const { group: before, ...others } = user;
  const next = group === undefined ? before : (group ?? undefined);
  return {
    ...others,
    ...(next === undefined ? {} : { group: next }),
    ...(status === undefined ? {} : { status }),
  };
}

/** Changes of many users that were chosen in a list. */
export function bulkUserRoutes(context: RecordContext) {
  return apiRouter().openapi(changeUsers, async (request) => {
    const { ids, set } = request.req.valid('json');
    const next = set === undefined ? null : (user: User) => changed(user, set);
    return request.json(await changeMany(context, USERS, { ids, next, actor: request.get('actor') }), 200);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import { namesOf } from '../../core/record-names.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { inList, QueryText } from '../query-values.ts';

const MOST_IDS = 500;

const Ids = z
  .preprocess(inList, z.array(QueryText).max(MOST_IDS))
  .default([])
  .openapi({ type: 'array', items: { type: 'string' }, description: 'May be repeated' });

const NamesById = z.record(z.string(), z.string().nullable());

const Names = z
  .object({ users: NamesById, keys: NamesById, channels: NamesById, groups: NamesById })
  .openapi('Names');

const findNames = createRoute({
  method: 'get',
  path: '/names',
  summary: 'The names of records, by their ids',
  description:
    'For what tells ids only: requests, sessions, audit entries. A record without a name has `null`; what was deleted ' +
    'has its last name; ids of nothing are left out. An address of more than 16 KiB is refused, so ask in several rounds for ' +
    'hundreds of ids.',
  tags: ['Program'],
  request: { query: z.strictObject({ user: Ids, key: Ids, channel: Ids, group: Ids }) },
  responses: { 200: jsonAnswer(Names, 'Those that are known'), ...ERRORS },
});

/** Names in place of ids. */
export function nameRoutes({ served, retired }: Pick<AdminContext, 'served' | 'retired'>) {
  return apiRouter().openapi(findNames, (context) => {
    const { user, key, channel, group } = context.req.valid('query');
    const known = { document: served(), gone: retired };
    const names = {
      users: namesOf(known, 'users', user),
      keys: namesOf(known, 'proxy_keys', key),
      channels: namesOf(known, 'channels', channel),
      groups: namesOf(known, 'groups', group),
    };
    return context.json(names, 200);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import type { User } from '../../contract/document.ts';
import { Id, Status } from '../../contract/values.ts';
import type { RecordChange } from '../../core/ports.ts';
import { sameValue } from '../../core/same-value.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { auditChange } from '../resources/record-audit.ts';
import { removeRecord } from '../resources/record-removal.ts';
import { withPlacesOfBody } from '../resources/record-rules.ts';
import { type RecordContext, timeOf, withRetries } from '../resources/record-writing.ts';
import { USERS } from './users.ts';

/** More would keep the console waiting without a sign of life. */
const MOST_USERS = 500;

const BulkUsers = z
  .strictObject({
    ids: z.array(Id).min(1).max(MOST_USERS),
    set: z
      .strictObject({ status: Status.optional(), group: Id.nullable().optional() })
      .optional()
      .openapi({ description: 'null takes the group away' }),
    delete: z.literal(true).optional().openapi({ description: 'Their Proxy-Keys go along' }),
  })
  .refine((body) => (body.set === undefined) !== (body.delete === undefined), 'send either set or delete')
  .openapi('BulkUsers');

const BulkAnswer = z
  .object({
    changed: z.array(z.string()),
    missing: z.array(z.string()).openapi({ description: 'Ids that no user has' }),
  })
  .openapi('BulkAnswer');

const changeUsers = createRoute({
  method: 'post',
  path: '/users/bulk',
  summary: 'Changes or deletes many users at once',
  description:
    'What is set is set for all of them in one commit, or for none. Those who have it so already stay.',
  tags: ['Users'],
  request: { body: jsonBody(BulkUsers) },
  responses: { 200: jsonAnswer(BulkAnswer, 'Who was changed'), ...ERRORS },
});

type Set = NonNullable<z.infer<typeof BulkUsers>['set']>;

function changed(user: User, { status, group }: Set): User {
  const { group: before, ...others } = user;
  const next = group === undefined ? before : (group ?? undefined);
  return {
    ...others,
    ...(next === undefined ? {} : { group: next }),
    ...(status === undefined ? {} : { status }),
  };
}

/** Sets the same for many users. @returns the ids of those who were changed */
async function setMany(
  context: RecordContext,
  ids: readonly string[],
  set: Set,
  actor: Actor,
): Promise<string[]> {
  const { store, audit, placesOf } = context;
  const now = timeOf(context);
  return withRetries(async () => {
    const before = store.current.users;
    const changes = ids.flatMap((id): RecordChange[] => {
      const stored = store.get('users', id);
      if (stored === null) return [];
      const record = changed(stored.record, set);
      if (sameValue(record, stored.record)) return [];
      return [
        { section: 'users', id, record: { ...record, updated_at: now }, expectedVersion: stored.version },
      ];
    });
    await withPlacesOfBody([], () => store.change(changes));
    const audited = changes.map(({ section, id, record }) =>
      auditChange(audit, placesOf, actor, {
        section,
        id,
        action: 'update',
        before: before[id] ?? null,
        after: record ?? null,
      }),
    );
    await Promise.all(audited);
    return changes.map(({ id }) => id);
  });
}

/** Changes of many users that were chosen in a list. */
export function bulkUserRoutes(context: RecordContext) {
  return apiRouter().openapi(changeUsers, async (request) => {
    const { ids, set } = request.req.valid('json');
    const actor = request.get('actor');
    const all = [...new Set(ids)];
    const there = all.filter((id) => context.store.get('users', id) !== null);
    const missing = all.filter((id) => !there.includes(id));
    if (set !== undefined) {
      return request.json({ changed: await setMany(context, there, set, actor), missing }, 200);
    }
    // Commits that arrive together are written together.
    await Promise.all(
      there.map((id) => removeRecord(context, USERS, id, { force: true, precondition: null, actor })),
    );
    return request.json({ changed: there, missing }, 200);
  });
}

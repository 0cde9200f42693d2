import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import type { Document, ProxyKey, User } from '../../contract/document.ts';
import { ProxyError } from '../../contract/errors.ts';
import { Id, ModelGlob, Name, Status, Time } from '../../contract/values.ts';
import { maskKey } from '../../core/mask-key.ts';
import { ID_BYTES, newId, newProxyKey, SECRET_BYTES } from '../../core/new-secret.ts';
import { nameProblem } from '../../core/plain-names.ts';
import type { RecordChange } from '../../core/ports.ts';
import { envNameOf } from '../../core/secret-reference.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { given, QueryText } from '../query-values.ts';
import { auditChange } from '../resources/record-audit.ts';
import { invalid, withPlacesOfBody } from '../resources/record-rules.ts';
import { type RecordContext, timeOf } from '../resources/record-writing.ts';

const FlatKey = z
  .object({
    id: z.string(),
    key: z.string().openapi({ description: 'In full where it was just made, else masked' }),
    user: z.string(),
    user_name: z.string().nullable(),
    name: z.string().nullable(),
    status: Status,
    channels: z.array(z.string()).nullable().openapi({ description: 'null: all that the user may use' }),
    models: z.array(z.string()).nullable().openapi({ description: 'null: all models' }),
    expires_at: z.string().nullable(),
    created_at: z.string().nullable(),
  })
  .openapi('FlatKey');

const KeyOrder = z
  .strictObject({
    user: Name.min(1).openapi({ description: 'The id of a user, or a name that only one user has' }),
    create_user: z
      .boolean()
      .default(false)
      .openapi({ description: 'Whether to add the user where there is none' }),
    name: Name.optional().openapi({ description: 'Of the key' }),
    channels: z.union([z.literal('*'), z.array(Id)]).optional(),
    models: z.array(ModelGlob).optional(),
    expires_at: Time.optional(),
  })
  .openapi('KeyOrder', {
    description:
      '`channels` narrows what the user may use. A user who is added may use just these; "*" stands for all of them.',
  });

const listKeys = createRoute({
  method: 'get',
  path: '/keys',
  summary: 'Lists Proxy-Keys for scripts, flat',
  tags: ['Proxy-Keys'],
  request: { query: z.strictObject({ user: QueryText.optional() }) },
  responses: { 200: jsonAnswer(z.object({ keys: z.array(FlatKey) }), 'All keys, masked'), ...ERRORS },
});

const orderKey = createRoute({
  method: 'post',
  path: '/keys',
  summary: 'Makes a Proxy-Key for a user, named by id or name',
  tags: ['Proxy-Keys'],
  request: { body: jsonBody(KeyOrder) },
  responses: { 201: jsonAnswer(FlatKey, 'The key, in full'), ...ERRORS },
});

function flat(document: Document, id: string, key: ProxyKey, shown: string): z.infer<typeof FlatKey> {
  return {
    id,
    key: shown,
    user: key.user,
    user_name: document.users[key.user]?.name ?? null,
    name: key.name ?? null,
    status: key.status ?? 'active',
    channels: key.channels?.map((channel) => channel.id) ?? null,
    models: key.models ?? null,
    expires_at: key.expires_at ?? null,
    created_at: key.created_at ?? null,
  };
}

const shownKey = ({ key }: ProxyKey): string => (envNameOf(key) === null ? maskKey(key) : key);

/** The id of the user that is meant; `null` where there is none. @throws ProxyError `conflict` where several are */
function userIdOf({ users }: Document, named: string): string | null {
  if (Object.hasOwn(users, named)) return named;
  const [first, second] = Object.entries(users).filter(([, { name }]) => name === named);
  if (second !== undefined) {
    throw new ProxyError('conflict', `Several users are called "${named}": name one by id.`);
  }
  return first?.[0] ?? null;
}

type Order = z.infer<typeof KeyOrder>;

function newUser(
  { user, create_user, channels }: Order,
  now: string,
): { readonly id: string; readonly record: User } {
  if (!create_user) {
    throw invalid([
      { path: 'user', message: `there is no user "${user}"; with create_user: true one is added` },
    ]);
  }
  if (channels === undefined) {
    throw invalid([{ path: 'channels', message: 'say which channels the new user may use, or "*"' }]);
  }
  const record = { name: user, status: 'active' as const, channels, created_at: now, updated_at: now };
  return { id: newId('usr', randomBytes(ID_BYTES)), record };
}

function keyFor(user: string, isNewUser: boolean, order: Order, now: string): ProxyKey {
  const { name, channels, models, expires_at } = order;
  // A new user has these channels for their own; the key need not narrow them again.
  const narrows = !isNewUser && channels !== undefined && channels !== '*';
  return {
    key: newProxyKey(randomBytes(SECRET_BYTES)),
    user,
    status: 'active',
    ...given({ name, models, expires_at }),
    ...(narrows ? { channels: channels.map((id) => ({ id })) } : {}),
    created_at: now,
    updated_at: now,
  };
}

/** The name of a user who is added, and that of the key. @throws Refusal */
function refuseNames({ user, name }: Order, addsUser: boolean): void {
  const given = { ...(addsUser ? { user } : {}), ...(name === undefined ? {} : { name }) };
  const issues = Object.entries(given).flatMap(([path, text]) => {
    const message = nameProblem(text);
    return message === null ? [] : [{ path, message }];
  });
  if (issues.length > 0) throw invalid(issues);
}

async function makeKey(context: RecordContext, order: Order, actor: Actor) {
  const { store, audit, placesOf } = context;
  const now = timeOf(context);
  const known = userIdOf(store.current, order.user);
  const added = known === null ? newUser(order, now) : null;
  refuseNames(order, added !== null);
  const user = known ?? added?.id ?? '';
  const id = newId('key', randomBytes(ID_BYTES));
  const record = keyFor(user, added !== null, order, now);
  const changes: RecordChange[] = [{ section: 'proxy_keys', id, record, expectedVersion: null }];
  if (added !== null) changes.unshift({ section: 'users', ...added, expectedVersion: null });
  const own = added === null ? ['proxy_keys', id] : ['users', user];
  await withPlacesOfBody(own, () => store.change(changes));
  for (const change of changes) {
    const made = { section: change.section, id: change.id, action: 'create', before: null };
    await auditChange(audit, placesOf, actor, { ...made, after: change.record ?? null });
  }
  return { id, record };
}

/** Proxy-Keys for scripts: one flat shape, users by name. To be mounted at `/auth`. */
export function authKeyRoutes(context: RecordContext) {
  const { store } = context;
  return apiRouter()
    .openapi(listKeys, (request) => {
      const { user } = request.req.valid('query');
      const owner = user === undefined ? null : userIdOf(store.current, user);
      const keys = Object.entries(store.current.proxy_keys)
        .filter(([, key]) => user === undefined || key.user === owner)
        .map(([id, key]) => flat(store.current, id, key, shownKey(key)));
      return request.json({ keys }, 200);
    })
    .openapi(orderKey, async (request) => {
      const { id, record } = await makeKey(context, request.req.valid('json'), request.get('actor'));
      return request.json(flat(store.current, id, record, record.key), 201);
    });
}

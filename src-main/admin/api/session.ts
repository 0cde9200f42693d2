import { createRoute, z } from '@hono/zod-openapi';
import type { StoredSession } from '../../core/session-store.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { refuse } from '../console-error.ts';
import { peerOf, type SignIn } from '../sign-in.ts';

const Begun = z
  .object({ session: z.string(), id: z.string(), expires_at: z.iso.datetime() })
  .openapi('Session');

const Open = z
  .object({
    id: z.string(),
    current: z.boolean(),
    remembered: z.boolean(),
    began_at: z.iso.datetime(),
    last_used_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    address: z.string().nullable(),
    agent: z.string().nullable(),
  })
  .openapi('OpenSession');

const beginSession = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Signs in: exchanges the admin token for a session',
  description:
    'It ends after 12 hours without a request, and after 7 days; with `remember`, after 30 days. ' +
    'Ten wrong tokens a minute from one address are refused with 401, further ones with 429.',
  tags: ['Session'],
  security: [],
  request: {
    body: jsonBody(
      z.strictObject({ token: z.string().min(1).max(4096), remember: z.boolean().default(false) }),
    ),
  },
  responses: { 200: jsonAnswer(Begun, 'The session, to be sent as bearer'), ...ERRORS },
});

const endSession = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Signs out: ends the session that the request shows',
  tags: ['Session'],
  responses: { 204: { description: 'Ended' }, ...ERRORS },
});

const listSessions = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'Who is signed in to the console, the last used first',
  tags: ['Session'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(Open) }).openapi('OpenSessions'), 'The open sessions'),
    ...ERRORS,
  },
});

const endOne = createRoute({
  method: 'delete',
  path: '/sessions/{id}',
  summary: 'Ends one session',
  tags: ['Session'],
  request: { params: z.object({ id: z.string().min(1).max(128) }) },
  responses: { 204: { description: 'Ended' }, ...ERRORS },
});

const endOthers = createRoute({
  method: 'delete',
  path: '/sessions',
  summary: 'Ends every session but the one that the request shows',
  tags: ['Session'],
  responses: { 204: { description: 'Ended' }, ...ERRORS },
});

const iso = (ms: number): string => new Date(ms).toISOString();

const shown = (session: StoredSession, current: string | undefined): z.infer<typeof Open> => ({
  id: session.id,
  current: session.id === current,
  remembered: session.remembered,
  began_at: iso(session.beganMs),
  last_used_at: iso(session.usedMs),
  expires_at: iso(session.endsMs),
  address: session.address,
  agent: session.agent,
});

/** Signing in. The only route of the admin API that needs no credential. */
export function signInRoutes({ audit }: AdminContext, signIn: SignIn) {
  return apiRouter().openapi(beginSession, async (context) => {
    const { token, remember } = context.req.valid('json');
    const address = peerOf(context);
    const agent = context.req.header('user-agent') ?? null;
    const begun = await signIn.begin(token, { remembered: remember, address, agent });
    // The refusal is one of the errors that the route's description allows.
    if (begun === null) return (await signIn.refuseWrong(context)) as never;
    const { id, endsMs } = begun.session;
    const actor = { kind: 'session', address, session: id } as const;
    await audit.append({ actor, action: 'session.begin', target: id });
    return context.json({ session: begun.token, id, expires_at: iso(endsMs) }, 200);
  });
}

/** Signing out. */
export function signOutRoutes({ audit }: AdminContext, signIn: SignIn) {
  return apiRouter().openapi(endSession, async (context) => {
    const actor = context.get('actor');
    await signIn.sessions.end(({ id }) => id === actor.session);
    await audit.append({ actor, action: 'session.end', target: actor.session ?? null });
    return context.body(null, 204);
  });
}

/** Who is signed in, and putting them out. */
export function sessionRoutes({ audit }: AdminContext, signIn: SignIn) {
  return apiRouter()
    .openapi(listSessions, (context) => {
      const current = context.get('actor').session;
      return context.json({ items: signIn.list().map((session) => shown(session, current)) }, 200);
    })
    .openapi(endOthers, async (context) => {
      const actor = context.get('actor');
      const ended = await signIn.sessions.end(({ id }) => id !== actor.session);
      await audit.append({ actor, action: 'session.end_others', target: null, details: { ended } });
      return context.body(null, 204);
    })
    .openapi(endOne, async (context) => {
      const { id } = context.req.valid('param');
      if ((await signIn.sessions.end((session) => session.id === id)) === 0) {
        // The refusal is one of the errors that the route's description allows.
        return refuse(context, 'not_found', 'There is no such session.') as never;
      }
      await audit.append({ actor: context.get('actor'), action: 'session.end', target: id });
      return context.body(null, 204);
    });
}

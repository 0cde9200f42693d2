import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { bearerOf, peerOf, type SignIn } from '../sign-in.ts';

const Session = z.object({ session: z.string(), expires_at: z.iso.datetime() }).openapi('Session');

const beginSession = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Signs in: exchanges the admin token for a session',
  description: 'Ten wrong tokens a minute from one address are refused with 401, further ones with 429.',
  tags: ['Session'],
  security: [],
  request: { body: jsonBody(z.strictObject({ token: z.string().min(1).max(4096) })) },
  responses: { 200: jsonAnswer(Session, 'The session, to be sent as bearer'), ...ERRORS },
});

const endSession = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Signs out: ends the session that the request shows',
  tags: ['Session'],
  responses: { 204: { description: 'Ended' }, ...ERRORS },
});

/** Signing in. The only route of the admin API that needs no credential. */
export function signInRoutes({ audit }: AdminContext, signIn: SignIn) {
  return apiRouter().openapi(beginSession, async (context) => {
    const begun = signIn.begin(context.req.valid('json').token);
    // The refusal is one of the errors that the route's description allows.
    if (begun === null) return (await signIn.refuseWrong(context)) as never;
    const actor = { kind: 'session', address: peerOf(context) } as const;
    await audit.append({ actor, action: 'session.begin', target: null });
    return context.json({ session: begun.token, expires_at: new Date(begun.expiresMs).toISOString() }, 200);
  });
}

/** Signing out. */
export function signOutRoutes({ audit }: AdminContext, signIn: SignIn) {
  return apiRouter().openapi(endSession, async (context) => {
    const credential = bearerOf(context.req.header('authorization'));
    if (credential !== null) signIn.sessions.end(credential);
    await audit.append({ actor: context.get('actor'), action: 'session.end', target: null });
    return context.body(null, 204);
  });
}

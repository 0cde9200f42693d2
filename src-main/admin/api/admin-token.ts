import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { newAdminToken, SECRET_BYTES } from '../../core/new-secret.ts';
import type { AdminContext } from '../admin-context.ts';
import { hashAdminToken } from '../admin-token.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const NewToken = z.object({ admin_token: z.string() }).openapi('NewAdminToken');

const replaceToken = createRoute({
  method: 'post',
  path: '/admin-token',
  summary: 'Makes a new admin token in place of the stored one',
  description:
    'It is shown in this answer and never again. The old one is void at once, and with it all sessions of the console.',
  tags: ['Session'],
  responses: { 200: jsonAnswer(NewToken, 'The new admin token'), ...ERRORS },
});

/** The admin token, replaced. */
export function adminTokenRoutes({ store, audit }: AdminContext) {
  return apiRouter().openapi(replaceToken, async (context) => {
    const admin_token = newAdminToken(randomBytes(SECRET_BYTES));
    await store.patchSystem({ admin_token_hash: hashAdminToken(admin_token) });
    await audit.append({ actor: context.get('actor'), action: 'admin_token.reset', target: null });
    return context.json({ admin_token }, 200);
  });
}

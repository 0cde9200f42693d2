import { BACKUP_TYPE } from './api/backup.ts';
import { RESTORE_PATH } from './api/restore.ts';
import { apiRouter } from './api-router.ts';
import { readJsonBody } from './json-body.ts';
import { jsonOnly } from './json-only.ts';
import type { SignIn } from './sign-in.ts';

/** A configuration of 10,000 users has half of this. */
const MAX_BODY = 16 * 1024 * 1024;

/** What signing in takes; anyone may send it. */
const MAX_SIGN_IN = 16 * 1024;

const SIGN_IN_PATH = '/api/v1/session';

/** What is answered without a credential: signing in is what one does without, and the description holds no secret. */
const PUBLIC: ReadonlySet<string> = new Set([`POST ${SIGN_IN_PATH}`, 'GET /api/v1/openapi.json']);

/** A router that lets in only who shows a credential, with JSON in bounds as body. Nothing of it is kept in caches. */
export function guardedRouter(signIn: SignIn) {
  const router = apiRouter();
  router.use(async (context, next) => {
    context.header('cache-control', 'no-store');
    await next();
  });
  router.use((context, next) =>
    PUBLIC.has(`${context.req.method} ${context.req.path}`) ? next() : signIn.required(context, next),
  );
  router.use(jsonOnly({ [RESTORE_PATH]: BACKUP_TYPE }));
  router.use(
    readJsonBody({
      maxBytes: MAX_BODY,
      smaller: { [SIGN_IN_PATH]: MAX_SIGN_IN },
      except: new Set([RESTORE_PATH]),
    }),
  );
  return router;
}

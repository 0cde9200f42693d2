import type { AdminContext } from './admin-context.ts';
import { adminTokenRoutes } from './api/admin-token.ts';
import { auditRoutes } from './api/audit.ts';
import { BACKUP_TYPE, backupRoutes } from './api/backup.ts';
import { channelProbeRoutes } from './api/channel-probe.ts';
import { importRoutes } from './api/import.ts';
import { liveRoutes } from './api/live.ts';
import { requestRoutes } from './api/requests.ts';
import { RESTORE_PATH, restoreRoutes } from './api/restore.ts';
import { signInRoutes, signOutRoutes } from './api/session.ts';
import { shutdownRoutes } from './api/shutdown.ts';
import { statisticsRoutes } from './api/statistics.ts';
import { exportRoutes } from './api/statistics-export.ts';
import { timelineRoutes } from './api/statistics-timeline.ts';
import { statusRoutes } from './api/status.ts';
import { apiRouter } from './api-router.ts';
import { readJsonBody } from './json-body.ts';
import { jsonOnly } from './json-only.ts';
import type { SignIn } from './sign-in.ts';

/** A configuration of 10,000 users has half of this. */
const MAX_BODY = 16 * 1024 * 1024;

/** What signing in takes; anyone may send it. */
const MAX_SIGN_IN = 16 * 1024;

const SIGN_IN_PATH = '/api/v1/session';

const readBody = readJsonBody({
  maxBytes: MAX_BODY,
  smaller: { [SIGN_IN_PATH]: MAX_SIGN_IN },
  except: new Set([RESTORE_PATH]),
});

/** The admin API, to be mounted at `/api/v1`: one file per resource below `api/`. */
export function adminApi(context: AdminContext, signIn: SignIn) {
  return apiRouter()
    .use(async (request, next) => {
      request.header('cache-control', 'no-store');
      await next();
    })
    .use(async (request, next) =>
      // Signing in is what one does without a credential.
      request.req.method === 'POST' && request.req.path === SIGN_IN_PATH
        ? next()
        : signIn.required(request, next),
    )
    .use(jsonOnly({ [RESTORE_PATH]: BACKUP_TYPE }))
    .use(readBody)
    .route('/', signInRoutes(context, signIn))
    .route('/', signOutRoutes(context, signIn))
    .route('/', statusRoutes(context))
    .route('/', statisticsRoutes(context))
    .route('/', timelineRoutes(context))
    .route('/', exportRoutes(context))
    .route('/', liveRoutes())
    .route('/', requestRoutes(context))
    .route('/', auditRoutes(context))
    .route('/', channelProbeRoutes(context))
    .route('/', backupRoutes(context))
    .route('/', restoreRoutes(context))
    .route('/', importRoutes(context))
    .route('/', adminTokenRoutes(context))
    .route('/', shutdownRoutes(context));
}

/** The type of the admin API, from which the console's client is made. */
export type AdminApi = ReturnType<typeof adminApi>;

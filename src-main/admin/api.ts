import type { MapSection } from '../contract/document.ts';
import { overlapOf } from '../core/overlapping-channels.ts';
import { platformFacts } from '../core/platform-facts.ts';
import { recordPlaces } from '../core/record-places.ts';
import type { AdminContext } from './admin-context.ts';
import { adminTokenRoutes } from './api/admin-token.ts';
import { auditRoutes } from './api/audit.ts';
import { authKeyRoutes } from './api/auth-keys.ts';
import { backupRoutes } from './api/backup.ts';
import { bulkKeyRoutes } from './api/bulk-keys.ts';
import { bulkUserRoutes } from './api/bulk-users.ts';
import { centralRoutes } from './api/central.ts';
import { channelOrderRoutes } from './api/channel-order.ts';
import { channelProbeRoutes } from './api/channel-probe.ts';
import { CHANNELS } from './api/channels.ts';
import { demoRoutes } from './api/demo.ts';
import { departmentRoutes } from './api/departments.ts';
import { groupMemberRoutes } from './api/group-members.ts';
import { GROUPS } from './api/groups.ts';
import { importRoutes } from './api/import.ts';
import { keyTrialRoutes } from './api/key-trial.ts';
import { liveRoutes } from './api/live.ts';
import { nameRoutes } from './api/names.ts';
import { describeRoutes } from './api/openapi.ts';
import { pauseRoutes } from './api/pause.ts';
import { peopleRoutes } from './api/people.ts';
import { platformRoutes } from './api/platforms.ts';
import { PRICES } from './api/prices.ts';
import { rotationRoutes } from './api/proxy-key-rotation.ts';
import { PROXY_KEYS } from './api/proxy-keys.ts';
import { requestRoutes } from './api/requests.ts';
import { restoreRoutes } from './api/restore.ts';
import { sessionRoutes, signInRoutes, signOutRoutes } from './api/session.ts';
import { shutdownRoutes } from './api/shutdown.ts';
import { statisticsRoutes } from './api/statistics.ts';
import { exportRoutes } from './api/statistics-export.ts';
import { timelineRoutes } from './api/statistics-timeline.ts';
import { statusRoutes } from './api/status.ts';
import { systemRoutes } from './api/system.ts';
import { userChannelRoutes } from './api/user-channels.ts';
import { USERS } from './api/users.ts';
import { webSocketSessionRoutes } from './api/websocket-sessions.ts';
import { guardedRouter } from './guarded-router.ts';
import { resourceRoutes } from './resources/resource-routes.ts';
import { revealRoutes } from './resources/reveal-routes.ts';
import type { SignIn } from './sign-in.ts';

/** What the routes of records work with. */
function recordsOf(context: AdminContext) {
  const facts = platformFacts(context.platforms);
  return {
    ...context,
    placesOf: recordPlaces(context.platforms),
    warningOf: (section: MapSection, id: string) =>
      section === 'channels' ? overlapOf(context.store.current, facts, id) : null,
  };
}

/** The admin API, to be mounted at `/api/v1`: one file per resource below `api/`. */
export function adminApi(context: AdminContext, signIn: SignIn) {
  const records = recordsOf(context);
  const router = guardedRouter(signIn)
    .route('/', signInRoutes(context, signIn))
    .route('/', signOutRoutes(context, signIn))
    .route('/', sessionRoutes(context, signIn))
    .route('/', statusRoutes(context))
    .route('/', statisticsRoutes(context))
    .route('/', timelineRoutes(context))
    .route('/', exportRoutes(context))
    .route('/', liveRoutes())
    .route('/', requestRoutes(context))
    .route('/', webSocketSessionRoutes(context))
    .route('/', auditRoutes(context))
    .route('/', channelOrderRoutes(context))
    .route('/', channelProbeRoutes(context))
    .route('/', backupRoutes(context))
    .route('/', restoreRoutes(context, signIn))
    .route('/', importRoutes(context))
    .route('/', adminTokenRoutes(context))
    .route('/', resourceRoutes(records, USERS))
    .route('/', userChannelRoutes(context))
    .route('/', resourceRoutes(records, PROXY_KEYS))
    .route('/', resourceRoutes(records, CHANNELS))
    .route('/', resourceRoutes(records, GROUPS))
    .route('/', resourceRoutes(records, PRICES))
    .route('/', revealRoutes(records, PROXY_KEYS))
    .route('/', revealRoutes(records, CHANNELS))
    .route('/', rotationRoutes(records))
    .route('/', keyTrialRoutes(context))
    .route('/', systemRoutes(records))
    .route('/', departmentRoutes(context))
    .route('/', peopleRoutes(records))
    .route('/', bulkUserRoutes(records))
    .route('/', bulkKeyRoutes(records))
    .route('/', groupMemberRoutes(context))
    .route('/', nameRoutes(context))
    .route('/', platformRoutes(context))
    .route('/auth', authKeyRoutes(records))
    .route('/', centralRoutes(records))
    .route('/', demoRoutes(context))
    .route('/', pauseRoutes(context))
    .route('/', shutdownRoutes(context));
  describeRoutes(router, context.version);
  return router;
}

/** What scripts expect at `/auth` of the console itself: the same keys, behind the same doorkeeper. */
export function scriptApi(context: AdminContext, signIn: SignIn) {
  const records = recordsOf(context);
  return guardedRouter(signIn).route('/', authKeyRoutes(records));
}

/** The type of the admin API, from which the console's client is made. */
export type AdminApi = ReturnType<typeof adminApi>;

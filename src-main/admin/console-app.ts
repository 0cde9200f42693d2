import { Hono } from 'hono';
import type { AdminContext } from './admin-context.ts';
import { adminApi, scriptApi } from './api.ts';
import type { AdminEnv } from './api-router.ts';
import { answerError, refuse } from './console-error.ts';
import { servePage } from './console-page.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { maskedErrors } from './masked-errors.ts';
import type { RendererFiles } from './renderer-files.ts';
import { sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import type { SignIn } from './sign-in.ts';

/** What the console listener needs besides what its API works with. */
export interface ConsoleOptions {
  readonly context: AdminContext;
  readonly signIn: SignIn;
  /** `system.console_origins`, or `loopbackOrigins()`. Asked at each request. */
  readonly allowedOrigins: () => readonly string[];
  readonly files: RendererFiles;
  /** Takes exceptions no one caught. */
  readonly onFault: (error: Error) => void;
}

/** The console listener: the page, the admin API under `/api/v1`, and the page that describes it under `/docs`. */
export function consoleApp({ context: admin, signIn, allowedOrigins, files, onFault }: ConsoleOptions) {
  const app = new Hono<AdminEnv>()
    .use(securityHeaders)
    .use(maskedErrors(admin.maskKeys))
    .use(sameOrigin(allowedOrigins))
    .route('/api/v1', adminApi(admin, signIn))
    .all('/api/*', (context) => refuse(context, 'not_found', 'The admin API has no such resource.'))
    .route('/auth', scriptApi(admin, signIn))
    .all('/auth/*', (context) => refuse(context, 'not_found', 'There is nothing here.'))
    .route('/docs', docsRoutes(admin))
    .all('/docs/*', (context) => refuse(context, 'not_found', 'There is nothing here.'))
    .get('*', (context) =>
      servePage(context, files, {
        version: admin.version,
        proxyUrl: admin.proxyUrl(),
        startedAt: new Date(admin.startedAtMs).toISOString(),
      }),
    );
  app.notFound((context) => refuse(context, 'not_found', 'There is nothing here.'));
  app.onError((error, context) => answerError(error, context, onFault));
  return app;
}

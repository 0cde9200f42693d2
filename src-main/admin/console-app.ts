import { Hono } from 'hono';
import { adminOnly } from './admin-token.ts';
import { refuse } from './console-error.ts';
import { servePage } from './console-page.ts';
import type { RendererFiles } from './renderer-files.ts';
import { sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';

/** What the console needs to know of the program. Functions are asked at each request. */
export interface ConsoleOptions {
  readonly version: string;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  readonly proxyUrl: () => string;
  /** SHA-256 of each admin token that counts, hexadecimal. */
  readonly adminTokenHashes: () => readonly string[];
  /** `system.console_origins`, or `loopbackOrigins()`. */
  readonly allowedOrigins: () => readonly string[];
  readonly files: RendererFiles;
  /** Takes exceptions no one caught. */
  readonly onFault: (error: Error) => void;
}

/** The console listener: the page, and the admin API under `/api/v1`. */
export function consoleApp(options: ConsoleOptions) {
  const { version, startedAtMs, nowMs, proxyUrl, files } = options;
  const app = new Hono()
    .use(securityHeaders)
    .use(sameOrigin(options.allowedOrigins))
    .use('/api/*', async (context, next) => {
      context.header('cache-control', 'no-store');
      await next();
    })
    .use('/api/*', adminOnly(options.adminTokenHashes))
    .get('/api/v1/status', (context) =>
      context.json({
        name: 'AIProxy',
        version,
        uptime_seconds: Math.max(0, Math.floor((nowMs() - startedAtMs) / 1000)),
      }),
    )
    .get('/api/*', (context) => refuse(context, 'not_found', 'The admin API has no such resource.'))
    .get('*', (context) =>
      servePage(context, files, {
        version,
        proxyUrl: proxyUrl(),
        startedAt: new Date(startedAtMs).toISOString(),
      }),
    );
  app.notFound((context) => refuse(context, 'not_found', 'There is nothing here.'));
  app.onError((error, context) => {
    options.onFault(error);
    return refuse(context, 'internal_error', 'Something went wrong inside AIProxy.');
  });
  return app;
}

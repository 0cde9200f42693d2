import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const Status = z
  .object({
    name: z.literal('AIProxy'),
    version: z.string(),
    uptime_seconds: z.int().nonnegative(),
    proxy_url: z.string(),
    paused: z.boolean().openapi({ description: 'Whether AI traffic is refused for now' }),
    /** Why the configuration cannot be changed here, or `null`. */
    read_only: z.string().nullable(),
  })
  .openapi('Status');

const getStatus = createRoute({
  method: 'get',
  path: '/status',
  summary: 'Whether the program is alive, and since when',
  tags: ['Program'],
  responses: { 200: jsonAnswer(Status, 'Alive'), ...ERRORS },
});

/** The program itself. */
export function statusRoutes({ version, startedAtMs, clock, proxyUrl, isPaused, store }: AdminContext) {
  return apiRouter().openapi(getStatus, (context) =>
    context.json(
      {
        name: 'AIProxy' as const,
        version,
        uptime_seconds: Math.max(0, Math.floor((clock.now() - startedAtMs) / 1000)),
        proxy_url: proxyUrl(),
        paused: isPaused(),
        read_only: store.readOnly,
      },
      200,
    ),
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Document } from '../../contract/document.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const Count = z.int().nonnegative();

const Status = z
  .object({
    name: z.literal('AIProxy'),
    version: z.string(),
    uptime_seconds: z.int().nonnegative(),
    proxy_url: z.string(),
    proxy_urls: z
      .array(z.string())
      .openapi({ description: 'Every address at which the proxy can be reached' }),
    paused: z.boolean().openapi({ description: 'Whether AI traffic is refused for now' }),
    /** Why the configuration cannot be changed here, or `null`. */
    read_only: z.string().nullable(),
    configuration_problems: z.array(z.string()).openapi({
      description:
        'Why files that were edited by hand are not in use: `file:line:column: reason`; what was valid before is',
    }),
    /** Whether the demo runs. */
    demo: z.boolean(),
    counts: z
      .object({ users: Count, proxy_keys: Count, channels: Count, groups: Count })
      .openapi({ description: 'How many records are in use, the demo’s among them' }),
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
export function statusRoutes(program: AdminContext) {
  const { version, startedAtMs, clock, proxyUrl, proxyUrls, isPaused, store, demo, served } = program;
  return apiRouter().openapi(getStatus, (context) =>
    context.json(
      {
        name: 'AIProxy' as const,
        version,
        uptime_seconds: Math.max(0, Math.floor((clock.now() - startedAtMs) / 1000)),
        proxy_url: proxyUrl(),
        proxy_urls: [...proxyUrls()],
        paused: isPaused(),
        read_only: store.readOnly,
        configuration_problems: [...store.problems],
        demo: demo.access !== null,
        counts: countsOf(served()),
      },
      200,
    ),
  );
}

function countsOf({ users, proxy_keys, channels, groups }: Document) {
  const count = (records: object): number => Object.keys(records).length;
  return {
    users: count(users),
    proxy_keys: count(proxy_keys),
    channels: count(channels),
    groups: count(groups),
  };
}

import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const DemoAccess = z
  .object({ proxy_key: z.string(), channel: z.string(), user: z.string() })
  .openapi('Demo', { description: 'The Proxy-Key in full, and the ids of the channel and the user' });

const startDemo = createRoute({
  method: 'post',
  path: '/demo',
  summary: 'Starts the demo: a built-in platform, with a channel, a user and a Proxy-Key for it',
  description:
    'As the option `--demo` does. Its records live in memory: they stand in no list and are gone when it ends, or the ' +
    'program does; its requests stay in the log. Where it runs already, the answer is what opens it.',
  tags: ['Program'],
  responses: { 200: jsonAnswer(DemoAccess, 'What opens it'), ...ERRORS },
});

const endDemo = createRoute({
  method: 'delete',
  path: '/demo',
  summary: 'Ends the demo',
  description: 'Its Proxy-Key is void at once, and what is under way there is cut.',
  tags: ['Program'],
  responses: { 204: { description: 'It does not run' }, ...ERRORS },
});

/** The demo, for whoever has no platform account yet. */
export function demoRoutes({ demo, audit }: Pick<AdminContext, 'demo' | 'audit'>) {
  return apiRouter()
    .openapi(startDemo, async (context) => {
      // Whether it ran or not: a Proxy-Key is shown.
      await audit.append({ actor: context.get('actor'), action: 'demo.start', target: null });
      const { proxyKey, channel, user } = await demo.start();
      return context.json({ proxy_key: proxyKey, channel, user }, 200);
    })
    .openapi(endDemo, async (context) => {
      if (demo.access !== null) {
        await audit.append({ actor: context.get('actor'), action: 'demo.end', target: null });
        await demo.end();
      }
      return context.body(null, 204);
    });
}

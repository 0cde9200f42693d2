import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '../api-router.ts';

const DESCRIPTION =
  'Everything an admin sets and sees. Send the admin token, or a session begun with it, as bearer. Every error has ' +
  'one shape: `{"error": {"message", "type", "param", "code"}}`, with `issues` where fields are wrong. Reads mask secrets.';

/** Serves the description of a router's own routes, made when somebody asks. */
export function describeRoutes(router: OpenAPIHono<AdminEnv>, version: string): void {
  router.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  router.get('/openapi.json', (context) =>
    context.json(
      router.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'AIProxy admin API', version, description: DESCRIPTION },
        servers: [{ url: '/api/v1' }],
        security: [{ bearer: [] }],
      }),
    ),
  );
}

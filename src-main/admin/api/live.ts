import { createRoute, z } from '@hono/zod-openapi';
import { apiRouter, ERRORS } from '../api-router.ts';
import { refuse } from '../console-error.ts';
import { given } from '../query-values.ts';
import { REQUEST_FILTER } from '../request-query.ts';
import { bearerOf } from '../sign-in.ts';

const watchRequests = createRoute({
  method: 'get',
  path: '/requests/live',
  summary: 'Finished requests as they are recorded, over WebSocket',
  description:
    'Send the credential as `Authorization`, or, from a browser, as a subprotocol: `aiproxy.live` and ' +
    '`aiproxy.bearer.<session>`. The server sends JSON: `{"type":"requests","items":[…],"skipped":0}` at most four times a ' +
    'second, with at most 200 requests as in `/requests`; `skipped` counts those that were left out, because there were ' +
    'too many or they were read too slowly. `{"type":"open","requests":3}` tells how many requests are under way, when ' +
    'that has changed, at most once a second. Close code 1008: the session has ended; 1001: the program stops.',
  tags: ['Requests'],
  request: { query: z.strictObject(REQUEST_FILTER) },
  responses: { 101: { description: 'The live feed' }, ...ERRORS },
});

/** Lets those in who may watch requests. What they see is the business of `live/`. */
export function liveRoutes() {
  return apiRouter().openapi(watchRequests, (context) => {
    const { upgrade } = context.env;
    if (upgrade === undefined) {
      context.header('upgrade', 'websocket');
      context.header('connection', 'Upgrade');
      return refuse(context, 'upgrade_required', 'This is a WebSocket.');
    }
    // The sign-in has seen it.
    const credential = bearerOf(context.req.header('authorization')) ?? '';
    upgrade.granted = { filter: given(context.req.valid('query')), credential };
    return context.body(null, 204);
  });
}

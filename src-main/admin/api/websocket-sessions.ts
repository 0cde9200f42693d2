import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const Count = z.number().int().nonnegative();

const WebSocketSession = z
  .object({
    request_id: z.string(),
    start_time: z.iso.datetime(),
    user: z.string().nullable(),
    key_id: z.string().nullable(),
    channel: z.string().nullable(),
    endpoint: z.string(),
    model: z.string().nullable(),
    client: z.string(),
    bytes_in: Count,
    bytes_out: Count,
    messages_in: Count,
    messages_out: Count,
  })
  .openapi('WebSocketSession');

const listSessions = createRoute({
  method: 'get',
  path: '/websocket-sessions',
  summary: 'The WebSocket sessions that are open now, oldest first',
  description: 'A session is in the request log and in the statistics when it has ended.',
  tags: ['Requests'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(WebSocketSession), total: Count }), 'Sessions'),
    ...ERRORS,
  },
});

/** WebSocket sessions while they last. */
export function webSocketSessionRoutes({ openWebSockets }: AdminContext) {
  return apiRouter().openapi(listSessions, (context) => {
    const items = openWebSockets().map(({ startedMs, ...session }) => ({
      ...session,
      start_time: new Date(startedMs).toISOString(),
    }));
    return context.json({ items, total: items.length }, 200);
  });
}

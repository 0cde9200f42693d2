import { createRoute, z } from '@hono/zod-openapi';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const Stopping = z.object({ stopping: z.literal(true) }).openapi('Stopping');

const shutDown = createRoute({
  method: 'post',
  path: '/shutdown',
  summary: 'Lets the program drain and end',
  description:
    'As SIGTERM does: new requests are refused at once, open ones may finish within 30 seconds, exit code 0.',
  tags: ['Program'],
  responses: { 202: jsonAnswer(Stopping, 'It stops'), ...ERRORS },
});

/** The end of the program. */
export function shutdownRoutes({ shutdown, audit }: AdminContext) {
  return apiRouter().openapi(shutDown, async (context) => {
    await audit.append({ actor: context.get('actor'), action: 'program.shutdown', target: null });
    // Whoever asked should hear that it was heard: the listener closes when the program ends.
    context.env.outgoing.once('close', shutdown);
    return context.json({ stopping: true as const }, 202);
  });
}

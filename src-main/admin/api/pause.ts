import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../contract/audit.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const responses = {
  200: jsonAnswer(z.object({ paused: z.boolean() }).openapi('Pausing'), 'How it is now'),
  ...ERRORS,
};

const pause = createRoute({
  method: 'post',
  path: '/pause',
  summary: 'Refuses AI traffic for now',
  description:
    'New requests and WebSockets are answered with 503 `paused`, and `/ready` with 503. What is under way goes on. A ' +
    'restart ends it.',
  tags: ['Program'],
  responses,
});

const resume = createRoute({
  method: 'post',
  path: '/resume',
  summary: 'Takes AI traffic again',
  tags: ['Program'],
  responses,
});

/** Pausing the gateway, and letting it go on. */
export function pauseRoutes({ isPaused, setPaused, audit }: AdminContext) {
  const become = async (paused: boolean, actor: Actor) => {
    if (isPaused() !== paused) {
      await audit.append({ actor, action: paused ? 'program.pause' : 'program.resume', target: null });
      setPaused(paused);
    }
    return { paused: isPaused() };
  };
  return apiRouter()
    .openapi(pause, async (context) => context.json(await become(true, context.get('actor')), 200))
    .openapi(resume, async (context) => context.json(await become(false, context.get('actor')), 200));
}

import { createRoute, z } from '@hono/zod-openapi';
import type { Platform } from '../../core/platform.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const PlatformFacts = z
  .object({
    id: z.string(),
    aliases: z.array(z.string()),
    label: z.string(),
    /** `null`: a channel must say its own. */
    base_url: z.string().nullable(),
    allow_private: z.boolean().openapi({ description: 'Whether private addresses are allowed by default' }),
    supports_websocket: z.boolean(),
    usual_models: z
      .array(z.string())
      .openapi({ description: 'Globs of the models that are usually its own' }),
    usual_models_by_host: z
      .record(z.string(), z.array(z.string()))
      .openapi({ description: 'The same by host, or by the end of its name with a dot in front' }),
    settings: z.looseObject({}).openapi({ description: 'JSON Schema of a channel’s `settings`' }),
  })
  .openapi('Platform');

const listPlatforms = createRoute({
  method: 'get',
  path: '/platforms',
  summary: 'Lists the AI platforms that channels can lead to',
  tags: ['Channels'],
  responses: { 200: jsonAnswer(z.object({ items: z.array(PlatformFacts) }), 'All of them'), ...ERRORS },
});

function factsOf(platform: Platform) {
  const { id, aliases, label, baseUrl, allowPrivate, webSocket, usualModels, usualModelsByHost, settings } =
    platform;
  return {
    id,
    aliases: [...aliases],
    label,
    base_url: baseUrl,
    allow_private: allowPrivate,
    supports_websocket: webSocket,
    usual_models: [...usualModels],
    usual_models_by_host: Object.fromEntries(
      Object.entries(usualModelsByHost).map(([host, models]) => [host, [...models]]),
    ),
    settings: z.toJSONSchema(settings) as Record<string, unknown>,
  };
}

/** What a form for channels needs to know. */
export function platformRoutes({ platforms }: AdminContext) {
  return apiRouter().openapi(listPlatforms, (context) =>
    context.json({ items: platforms.map(factsOf) }, 200),
  );
}

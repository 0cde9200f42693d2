import { createRoute, z } from '@hono/zod-openapi';
import { Address, Secret } from '../../contract/values.ts';
import { centralChannel, isConnected } from '../../core/central.ts';
import { ME } from '../../core/identity.ts';
import { masked } from '../../core/masked-record.ts';
import { isObject } from '../../core/same-value.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { type CentralContext, connect, disconnect } from '../central-connection.ts';

const Central = z
  .object({
    connected: z
      .boolean()
      .openapi({ description: 'Whether the channel and the user `me` are there and in use' }),
    channel_id: z.string().nullable().openapi({ description: 'Of the channel, also where it is disabled' }),
    base_url: z.string().nullable(),
    proxy_key: z.string().nullable().openapi({ description: 'Masked' }),
    has_user_me: z.boolean(),
  })
  .openapi('Central');

const responses = { 200: jsonAnswer(Central, 'How it is now'), ...ERRORS };
const tags = ['Central key service'];

const readCentral = createRoute({
  method: 'get',
  path: '/central',
  summary: 'Whether this computer is connected to a central key service, and where',
  tags,
  responses,
});

const connectCentral = createRoute({
  method: 'put',
  path: '/central',
  summary: 'Connects this computer to a central key service',
  description:
    'Asks the service first, and refuses with 422 and its own words where that fails, unless `force=true`. Then a ' +
    'channel of platform `aiproxy` and the user `me` are made or changed: from this computer the `proxy_key` is taken ' +
    'as `me`. Left out, the stored key stays, as long as the address is the stored one.',
  tags,
  request: {
    query: z.strictObject({ force: z.enum(['true', 'false']).optional() }),
    body: jsonBody(z.strictObject({ base_url: Address, proxy_key: Secret.optional() })),
  },
  responses,
});

const disconnectCentral = createRoute({
  method: 'delete',
  path: '/central',
  summary: 'Ends the connection to the central key service',
  description:
    'The channel is disabled, and the user `me` where it is there for nothing else. Both are kept, so that connecting ' +
    'again needs no key; delete the channel to have its key forgotten.',
  tags,
  responses,
});

function viewOf({ store: { current }, placesOf }: CentralContext): z.infer<typeof Central> {
  const { id = null, channel } = centralChannel(current) ?? {};
  const shown = channel === undefined ? null : masked(channel, placesOf('channels', channel));
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const { base_url, api_key, api_keys }: Readonly<Record<string, unknown>> = isObject(shown) ? shown : {};
  return {
    connected: isConnected(current),
    channel_id: id,
    base_url: text(base_url),
    proxy_key: text(api_key ?? (Array.isArray(api_keys) ? api_keys[0] : null)),
    has_user_me: current.users[ME] !== undefined,
  };
}

/** Where keys live: at a central key service, or here. */
export function centralRoutes(context: CentralContext) {
  return apiRouter()
    .openapi(readCentral, (request) => request.json(viewOf(context), 200))
    .openapi(connectCentral, async (request) => {
      const force = request.req.valid('query').force === 'true';
      const address = request.req.valid('json');
      await connect(context, { address, force, actor: request.get('actor') });
      return request.json(viewOf(context), 200);
    })
    .openapi(disconnectCentral, async (request) => {
      await disconnect(context, request.get('actor'));
      return request.json(viewOf(context), 200);
    });
}

import type { IncomingMessage } from 'node:http';
import type { CallSignalling } from './openai-realtime-calls.ts';
import { realtimeConversation } from './openai-realtime-events.ts';
import {
  bearerOf,
  type RealtimeOptions,
  type RealtimeStandIn,
  startRealtimePlatform,
} from './realtime-platform.ts';

const KEY_PROTOCOL = 'openai-insecure-api-key.';

/** The keys where OpenAI and Azure look for one: the header of each, and a browser's subprotocol. */
function keysOf(request: IncomingMessage): readonly string[] {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const inProtocols = offered.filter((name) => name.startsWith(KEY_PROTOCOL));
  return [
    ...bearerOf(request),
    ...[request.headers['api-key'] ?? []].flat(),
    ...inProtocols.map((name) => name.slice(KEY_PROTOCOL.length)),
  ];
}

const PATH = /^(?:\/v1\/realtime|\/openai\/realtime|\/openai\/v1\/realtime)$/;

/** Starts a stand-in for OpenAI's Realtime API, and Azure's. @param signalling what it does with plain requests */
export function startOpenAiRealtime(
  options: RealtimeOptions = {},
  signalling?: CallSignalling,
): Promise<RealtimeStandIn> {
  return startRealtimePlatform(
    {
      keysOf,
      refusal: {
        error: {
          message: 'Incorrect API key provided.',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      },
      refuse: ({ pathname }) => (PATH.test(pathname) ? null : { status: 404, body: '{}' }),
      serve: realtimeConversation,
      // It never selects the subprotocol that carries a key.
      select: (offered) => (offered.has('realtime') ? 'realtime' : false),
      ...(signalling === undefined
        ? {}
        : { answer: signalling.listener, accepts: (key: string) => signalling.accepts(key) }),
    },
    options,
    'channel-key-openai',
  );
}

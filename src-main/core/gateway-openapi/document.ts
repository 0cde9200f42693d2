import type { Api, Endpoint, MemberType } from './endpoint.ts';
import { ERROR_STATUSES, errorResponse, errorTable } from './gateway-errors.ts';
import { INTERNAL_PATHS } from './internal-paths.ts';
import { AZURE_ENDPOINTS, OPENAI_ENDPOINTS } from './openai-endpoints.ts';
import {
  ANTHROPIC_ENDPOINTS,
  DASHSCOPE_ENDPOINTS,
  GEMINI_ENDPOINTS,
  OLLAMA_ENDPOINTS,
} from './other-endpoints.ts';

/** Every AI endpoint that is described. Others pass as well. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...OPENAI_ENDPOINTS,
  ...AZURE_ENDPOINTS,
  ...ANTHROPIC_ENDPOINTS,
  ...GEMINI_ENDPOINTS,
  ...DASHSCOPE_ENDPOINTS,
  ...OLLAMA_ENDPOINTS,
];

const APIS = [...new Set(ENDPOINTS.map(({ api }) => api))];
const idOf = (api: Api): string => api.replaceAll(' ', '');

/** Where each API's own SDK puts the key; the others work as well. */
const SECURITY: Readonly<Record<Api, string>> = {
  OpenAI: 'Bearer',
  'Azure OpenAI': 'ApiKey',
  Anthropic: 'XApiKey',
  Gemini: 'GoogleKey',
  DashScope: 'Bearer',
  Ollama: 'Bearer',
};

const header = (name: string, description: string): object => ({
  type: 'apiKey',
  in: 'header',
  name,
  description,
});

const SECURITY_SCHEMES = {
  Bearer: { type: 'http', scheme: 'bearer', description: 'A Proxy-Key, never the key of a platform.' },
  XApiKey: header('x-api-key', "The same key, where Anthropic's SDK puts it."),
  ApiKey: header('api-key', "The same key, where Azure's SDK puts it."),
  GoogleKey: header('x-goog-api-key', "The same key, where Google's SDK puts it."),
  QueryKey: { type: 'apiKey', in: 'query', name: 'key', description: 'The same key, on Gemini paths only.' },
};

function schemaOf(type: MemberType): object {
  if (type === 'file') return { type: 'string', format: 'binary' };
  return type === 'any' ? {} : { type };
}

function requestBody(request: NonNullable<Endpoint['request']>): object {
  const { type, members, required, example } = request;
  const properties = Object.fromEntries(Object.entries(members).map(([name, is]) => [name, schemaOf(is)]));
  const schema = { type: 'object', additionalProperties: true, properties, required };
  return {
    required: true,
    content: { [type]: type === 'application/json' ? { schema, example } : { schema } },
  };
}

function answerOf({ status, type, example, streams }: Endpoint['answer']): object {
  const shown = example === undefined ? { schema: { type: 'string', format: 'binary' } } : { example };
  const content = type === null ? {} : { [type]: shown };
  const events = streams === true ? { 'text/event-stream': { schema: { type: 'string' } } } : {};
  return {
    description: status === 101 ? 'The WebSocket begins' : "The platform's answer as it is",
    headers: { 'x-aiproxy-request-id': { $ref: '#/components/headers/RequestId' } },
    content: { ...content, ...events },
  };
}

function operationOf(endpoint: Endpoint): object {
  const { api, method, path, summary, description, docs, request, answer } = endpoint;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    operationId: `${idOf(api)}_${method}_${path.replaceAll(/\W+/g, '_').replace(/^_/, '')}`,
    tags: [api],
    summary,
    ...(description === undefined ? {} : { description }),
    externalDocs: { description: "The platform's own documentation", url: docs },
    security: [{ [SECURITY[api]]: [] }, ...(SECURITY[api] === 'Bearer' ? [] : [{ Bearer: [] }])],
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      { $ref: '#/components/parameters/Channel' },
    ],
    ...(request === undefined ? {} : { requestBody: requestBody(request) }),
    responses: {
      [answer.status]: answerOf(answer),
      ...Object.fromEntries(
        ERROR_STATUSES.map((code) => [code, { $ref: `#/components/responses/${idOf(api)}${code}` }]),
      ),
      default: { description: "Any other answer is the platform's own, errors included" },
    },
  };
}

function aiPaths(): Record<string, object> {
  const paths = Object.entries(Object.groupBy(ENDPOINTS, ({ path }) => path));
  return Object.fromEntries(
    paths.map(([path, endpoints = []]) => [
      path,
      Object.fromEntries(endpoints.map((endpoint) => [endpoint.method, operationOf(endpoint)])),
    ]),
  );
}

const DESCRIPTION = `The AI endpoints that AIProxy serves. Point an SDK here, give it a **Proxy-Key**, and nothing else changes:
bodies and answers pass unchanged, so they are described only briefly, each with a link to the platform's documentation.
Whatever is not listed passes as well, at the same path as at the platform.

**The channel** is decided by the Proxy-Key. Where it has several, name one with the header \`x-aiproxy-channel\`, or put
\`/channels/<id>\` in front of the path (the second server of this page).

**Errors** of AIProxy itself come in the shape that each API's SDK understands.

<details><summary>The codes of all errors</summary>

${errorTable()}

</details>
`;

/**
 * The description of the AI endpoints, as OpenAPI 3.1.
 * @param facts `proxyUrl` without a slash at its end
 */
export function gatewayOpenapi(facts: { readonly version: string; readonly proxyUrl: string }): object {
  const { version, proxyUrl } = facts;
  return {
    openapi: '3.1.0',
    info: { title: 'AIProxy: the AI endpoints', version, description: DESCRIPTION },
    servers: [
      { url: proxyUrl, description: 'The Proxy-Key decides on the channel' },
      {
        url: `${proxyUrl}/channels/{channel}`,
        description: 'One channel by name',
        variables: { channel: { default: 'demo', description: 'Its id' } },
      },
    ],
    tags: [
      ...APIS.map((name) => ({ name })),
      { name: 'AIProxy', description: 'Its own addresses: without a key, not counted' },
    ],
    paths: { ...aiPaths(), ...INTERNAL_PATHS },
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: {
        Channel: {
          name: 'x-aiproxy-channel',
          in: 'header',
          required: false,
          description: 'The id of a channel of the key; it ends here.',
          schema: { type: 'string' },
        },
      },
      headers: {
        RequestId: { description: 'Names the request in the log.', schema: { type: 'string' } },
        ErrorSource: { description: 'Whose error it is.', schema: { enum: ['gateway', 'platform'] } },
      },
      responses: Object.fromEntries(
        APIS.flatMap((api) =>
          ERROR_STATUSES.map((status) => [`${idOf(api)}${status}`, errorResponse(api, status)]),
        ),
      ),
    },
  };
}

import { describe, expect, test } from 'vitest';
import { ERROR_STATUS } from '../../../src-main/contract/errors.ts';
import { classify } from '../../../src-main/core/classify.ts';
import { ENDPOINTS, gatewayOpenapi } from '../../../src-main/core/gateway-openapi/document.ts';
import type { Api } from '../../../src-main/core/gateway-openapi/endpoint.ts';
import type { OperationName } from '../../../src-main/core/operation.ts';
import { OPENAI_OPERATIONS } from '../../../src-main/core/operations/openai.ts';
import { PLATFORMS } from '../../../src-main/platforms/registry.ts';

interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, ErrorResponse>> };
}
interface DescribedOperation {
  readonly tags: readonly string[];
  readonly operationId?: string;
  readonly externalDocs?: { readonly url: string };
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { schema: { required: string[]; properties: object }; example?: object }>
    >;
  };
}
interface ErrorResponse {
  readonly content: {
    readonly 'application/json': { readonly examples: Readonly<Record<string, { value: object }>> };
  };
}

// What the function makes is plain JSON, read here as whoever fetches it would.
const described: OpenApi = JSON.parse(
  JSON.stringify(gatewayOpenapi({ version: '2.0.0', proxyUrl: 'http://127.0.0.1:8001' })),
);

/** A path as a client would send it. */
const sent = (path: string): string => path.replaceAll(/\{\w+\}/g, 'some-1');

const DIALECT: Readonly<Record<Api, string>> = {
  OpenAI: 'openai',
  'Azure OpenAI': 'azure',
  Anthropic: 'anthropic',
  Gemini: 'gemini',
  DashScope: 'dashscope',
  Ollama: 'raw',
};

describe('the description of the AI endpoints', () => {
  test.each(ENDPOINTS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    'names an endpoint that the gateway knows: %s',
    (_, { path, api }) => {
      const { endpoint, dialect } = classify(sent(path), null);
      expect(endpoint).not.toMatch(/\{other\}|…/);
      // DashScope's and Gemini's compatible surfaces speak OpenAI's language.
      const expected = path.startsWith('/compatible-mode/') ? 'openai' : DIALECT[api];
      expect(dialect).toBe(expected);
    },
  );

  test('has every operation that the gateway treats in a way of its own', () => {
    const paths = new Set(ENDPOINTS.map(({ path }) => path));
    expect(OPENAI_OPERATIONS.filter((resource) => !paths.has(`/v1/${resource}`))).toEqual([]);
    const names = new Set(ENDPOINTS.map(({ path }) => classify(sent(path), null).name));
    const known = {
      chat: true,
      completions: true,
      responses: true,
      embeddings: true,
      messages: true,
      generate: true,
      models: true,
      image: true,
      audio: true,
      realtime: true,
      other: true,
    } satisfies Record<OperationName, true>;
    expect(Object.keys(known).filter((name) => !names.has(name as OperationName))).toEqual([]);
  });

  test('has a path that belongs to each platform with paths of its own', () => {
    const owners = PLATFORMS.filter(({ ownsPath }) => ENDPOINTS.some(({ path }) => ownsPath(sent(path))));
    expect(owners.map(({ id }) => id)).toEqual(['anthropic', 'gemini', 'azure', 'dashscope', 'ollama']);
  });

  test('has every path and method once, under an id of its own', () => {
    const written = Object.entries(described.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const wanted = ENDPOINTS.map(({ method, path }) => `${method} ${path}`);
    expect(written.filter((one) => wanted.includes(one)).toSorted()).toEqual(wanted.toSorted());
    const ids = Object.values(described.paths).flatMap((item) =>
      Object.values(item).flatMap(({ operationId }) => operationId ?? []),
    );
    expect([ids.length, new Set(ids).size]).toEqual([wanted.length, wanted.length]);
  });

  test('requires of a JSON body only what its example has', () => {
    const bodies = Object.values(described.paths)
      .flatMap((item) => Object.values(item))
      .flatMap(({ requestBody }) => requestBody?.content['application/json'] ?? []);
    expect(bodies.length).toBeGreaterThan(10);
    for (const { schema, example = {} } of bodies) {
      expect(Object.keys(example)).toEqual(expect.arrayContaining(schema.required));
      expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(example)));
    }
  });
});

const GATEWAY_CODES = Object.keys(ERROR_STATUS).filter(
  (code) => !/^(validation_failed|conflict|config_read_only|precondition_failed|storage_failed)$/.test(code),
);

test.each(['OpenAI', 'AzureOpenAI', 'Anthropic', 'Gemini', 'DashScope', 'Ollama'])(
  'every error code of the gateway has an example in the shape of %s',
  (api) => {
    const shown = [...new Set(Object.values(ERROR_STATUS))].flatMap((status) =>
      Object.keys(
        described.components.responses[`${api}${status}`]?.content['application/json'].examples ?? {},
      ),
    );
    expect(shown.toSorted()).toEqual(GATEWAY_CODES.toSorted());
    for (const code of GATEWAY_CODES) expect(described.info.description).toContain(`| \`${code}\` |`);
  },
);

test("the errors have the words of each API's clients", () => {
  const example = (name: string) =>
    described.components.responses[name]?.content['application/json'].examples.invalid_proxy_key?.value;
  expect(example('OpenAI401')).toMatchObject({ error: { code: 'invalid_proxy_key', param: null } });
  expect(example('Anthropic401')).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
  expect(example('Gemini401')).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
  expect(example('DashScope401')).toMatchObject({ code: 'InvalidApiKey' });
});

test('every reference leads somewhere', () => {
  const text = JSON.stringify(described);
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const missing = references.filter(
    (path) =>
      path.split('/').reduce<unknown>((at, name) => Reflect.get(Object(at), name), described) === undefined,
  );
  expect([references.length > 50, missing]).toEqual([true, []]);
});

test('the servers are the proxy, and one of its channels', () => {
  expect(described.servers.map(({ url }) => url)).toEqual([
    'http://127.0.0.1:8001',
    'http://127.0.0.1:8001/channels/{channel}',
  ]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../support/admin-client.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, object>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly security?: readonly object[];
}

interface OpenApi {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

const cleanUp = createCleanUp();
let opened: OpenConsole;
let api: OpenApi;
let operations: readonly (readonly [name: string, operation: Operation])[];
beforeAll(async () => {
  opened = await openConsole(cleanUp);
  api = (await adminClient(opened, null).get<OpenApi>('/openapi.json')).body;
  operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );
});
afterAll(cleanUp.run);

/** Every `$ref` in a value. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' ? [String(member)] : references(member),
  );
}

describe('the description of the admin API', () => {
  test('is given without a credential, and holds no secret', async () => {
    expect(api.openapi).toBe('3.1.0');
    expect(JSON.stringify(api)).not.toContain(opened.runToken);
  });

  test('says where the API is and what has to be shown', () => {
    expect([api.servers, api.security]).toEqual([[{ url: '/api/v1' }], [{ bearer: [] }]]);
    expect(api.components.securitySchemes.bearer).toEqual({ type: 'http', scheme: 'bearer' });
    const free = operations.filter(([, { security }]) => security?.length === 0).map(([name]) => name);
    expect(free).toEqual(['post /session']);
  });

  test('gives every route a summary, a tag, and its errors', () => {
    expect(operations.length).toBeGreaterThan(50);
    for (const [name, { summary, tags, responses }] of operations) {
      expect([name, summary?.length ?? 0]).toEqual([name, expect.toSatisfy((length) => length > 10)]);
      expect([name, tags]).toEqual([name, [expect.any(String)]]);
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['default'])]);
    }
  });

  test('refers only to what it holds', () => {
    const known = Object.keys(api.components.schemas).map((name) => `#/components/schemas/${name}`);
    const used = references(api);
    expect(used.length).toBeGreaterThan(50);
    expect([...new Set(used)].filter((reference) => !known.includes(reference))).toEqual([]);
  });

  test('names every parameter of every path', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const described = parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect([name, described.toSorted()]).toEqual([name, inPath.toSorted()]);
    }
  });

  test('has each route of each resource', () => {
    for (const path of ['users', 'proxy-keys', 'channels', 'groups', 'prices']) {
      const names = operations.map(([name]) => name);
      for (const name of [`get /${path}`, `post /${path}`]) expect(names).toContain(name);
      for (const method of ['get', 'put', 'patch', 'delete'])
        expect(names).toContain(`${method} /${path}/{id}`);
    }
  });
});

test('the platforms are listed with what a form for channels needs', async () => {
  const { status, body } = await adminClient(opened).get<{ items: { id: string }[] }>('/platforms');
  expect(status).toBe(200);
  expect(body.items.find(({ id }) => id === 'azure')).toMatchObject({
    label: 'Azure OpenAI',
    base_url: null,
    allow_private: false,
    settings: { type: 'object', properties: { api_version: { type: 'string' } } },
  });
  expect(body.items.find(({ id }) => id === 'ollama')).toMatchObject({ allow_private: true });
});

import { z } from 'zod';

/** As much of an OpenAPI document as is needed to call every route. */
const Description = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
        requestBody: z
          .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })
          .optional(),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
});

const Shape = z.looseObject({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** One route of the admin API. */
export interface Route {
  readonly method: string;
  /** With `{id}` and the like. */
  readonly path: string;
  readonly query: readonly string[];
  readonly contentType: string | null;
  /** The members its body may have. */
  readonly members: readonly string[];
}

type Schemas = Readonly<Record<string, unknown>>;

function membersOf(schema: unknown, schemas: Schemas, depth = 0): readonly string[] {
  const { data } = Shape.safeParse(schema);
  if (data === undefined || depth > 5) return [];
  const named = data.$ref?.split('/').at(-1);
  const inner = [
    ...(data.allOf ?? []),
    ...(data.anyOf ?? []),
    ...(named === undefined ? [] : [schemas[named]]),
  ];
  return [
    ...Object.keys(data.properties ?? {}),
    ...inner.flatMap((each) => membersOf(each, schemas, depth + 1)),
  ];
}

/** Every route that an OpenAPI document describes. @throws ZodError where it is none */
export function routesIn(document: unknown): readonly Route[] {
  const { paths, components } = Description.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Route => {
      const [contentType = null] = Object.keys(requestBody?.content ?? {});
      const schema = contentType === null ? null : requestBody?.content[contentType]?.schema;
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((each) => each.in === 'query').map(({ name }) => name),
        contentType,
        members: [...new Set(membersOf(schema, components?.schemas ?? {}))],
      };
    }),
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import type { MapSection } from '../../contract/document.ts';
import { ERRORS, jsonAnswer } from '../api-router.ts';
import { listQuery } from './listing.ts';
import {
  type contractOf,
  describedBody,
  IdParam,
  IfMatch,
  patchBody,
  recordAnswer,
} from './resource-contract.ts';
import type { ResourceKind } from './resource-kind.ts';

type Contract = ReturnType<typeof contractOf>;

/** The description of the routes of all records of a kind. */
export function collectionRoutes<S extends MapSection, P extends string>(
  kind: ResourceKind<S, P>,
  { read }: Contract,
) {
  const { title, noun, tag } = kind;
  const path: `/${P}` = `/${kind.path}`;
  const list = z
    .object({ items: z.array(read), total: z.int(), page: z.int(), per_page: z.int() })
    .openapi(`${title}List`);
  return {
    list: createRoute({
      method: 'get',
      path,
      summary: `Lists ${kind.tag.toLowerCase()}, page by page`,
      tags: [tag],
      request: { query: listQuery(kind) },
      responses: { 200: jsonAnswer(list, 'One page'), ...ERRORS },
    }),
    create: createRoute({
      method: 'post',
      path,
      summary: `Adds a ${noun}`,
      description:
        kind.idKind === null
          ? 'The id has to be sent.'
          : 'The id is made here where none is sent. Ids of what was deleted are not used again.',
      tags: [tag],
      request: { body: describedBody(`${title}Input`, `The new ${noun}`) },
      responses: { 201: recordAnswer(read, `The new ${noun}`), ...ERRORS },
    }),
  };
}

/** The description of the routes of one record. */
export function recordRoutes<S extends MapSection, P extends string>(
  kind: ResourceKind<S, P>,
  { read }: Contract,
) {
  const { title, noun, tag } = kind;
  const path: `/${P}/{id}` = `/${kind.path}/{id}`;
  const common = { path, tags: [tag], responses: { 200: recordAnswer(read, `The ${noun}`), ...ERRORS } };
  const target = { params: IdParam, headers: IfMatch };
  const body = describedBody(`${title}Input`, `The whole ${noun}`);
  return {
    get: createRoute({ ...common, method: 'get', summary: `Reads a ${noun}`, request: { params: IdParam } }),
    replace: createRoute({
      ...common,
      method: 'put',
      summary: `Replaces a ${noun}`,
      description:
        'What is left out goes. Only secrets stay where they are left out, and null removes one; a mask is refused.',
      request: { ...target, body },
    }),
    change: createRoute({
      ...common,
      method: 'patch',
      summary: `Changes a ${noun} in part`,
      request: { ...target, body: patchBody(`${title}Input`) },
    }),
    remove: createRoute({
      ...common,
      method: 'delete',
      summary: `Deletes a ${noun}`,
      description:
        'Where others name it: 409 with `affected`, and nothing is changed unless `force=true` is asked for.',
      request: { ...target, query: z.strictObject({ force: z.enum(['true', 'false']).optional() }) },
      responses: { 204: { description: 'Deleted' }, ...ERRORS },
    }),
  };
}

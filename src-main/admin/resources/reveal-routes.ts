import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { MapSection } from '../../contract/document.ts';
import { secretsOf } from '../../core/masked-record.ts';
import { isObject } from '../../core/same-value.ts';
import { type AdminEnv, apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';
import { existing, type RecordContext } from './record-writing.ts';
import { IdParam } from './resource-contract.ts';
import type { ResourceKind } from './resource-kind.ts';

/** Shows the secrets of one record in full, which is audited before it is done. */
export function revealRoutes<S extends MapSection, P extends string>(
  context: RecordContext,
  kind: ResourceKind<S, P>,
) {
  const { path, title, noun, tag, name } = kind;
  const Revealed = z
    .looseObject({ id: z.string() })
    .openapi(`${title}Secrets`, { description: 'The id, and each secret where it stands in the record' });
  const route = createRoute({
    method: 'post',
    path: `/${path}/{id}/reveal` as `/${P}/{id}/reveal`,
    summary: `Shows the secrets of a ${noun} in full`,
    description: 'Each time is audited. `env:NAME` is shown as it is.',
    tags: [tag],
    request: { params: IdParam },
    responses: { 200: jsonAnswer(Revealed, 'The secrets'), ...ERRORS },
  });
  const handle = async (request: Context<AdminEnv>) => {
    const id = request.req.param('id') ?? '';
    const { record } = existing(context, kind, id);
    const secrets = secretsOf(record, context.placesOf(kind.section, record));
    await context.audit.append({ actor: request.get('actor'), action: `${name}.reveal`, target: id });
    return request.json({ ...(isObject(secrets) ? secrets : {}), id }, 200);
  };
  // The parameters' type hangs on the path, which is only known where a kind is given.
  return apiRouter().openapi(route, handle as never);
}

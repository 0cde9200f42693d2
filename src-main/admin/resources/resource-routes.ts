import type { Context } from 'hono';
import type { MapSection } from '../../contract/document.ts';
import { warningHeader } from '../../contract/record-warning.ts';
import type { RecordOf } from '../../core/ports.ts';
import { type AdminEnv, apiRouter } from '../api-router.ts';
import { ifMatchOf } from '../if-match.ts';
import { type ListQuestion, listRecords } from './listing.ts';
import { removeRecord } from './record-removal.ts';
import { answerRecord, aroundNow, viewOf } from './record-view.ts';
import {
  createRecord,
  existing,
  type RecordContext,
  type RecordWrite,
  writeRecord,
} from './record-writing.ts';
import { contractOf } from './resource-contract.ts';
import { collectionRoutes, recordRoutes } from './resource-descriptions.ts';
import type { ResourceKind } from './resource-kind.ts';

type ApiContext = Context<AdminEnv>;

/** What answers the routes of a resource. */
function handlersOf<S extends MapSection>(context: RecordContext, kind: ResourceKind<S>) {
  const { lastUses } = context;
  const { path } = kind;
  const view = (id: string, record: RecordOf<S>) => viewOf(context, kind, id, record);
  const idOf = (request: ApiContext): string => request.req.param('id') ?? '';
  const warn = (request: ApiContext, id: string): void => {
    const warning = context.warningOf(kind.section, id);
    if (warning !== null) request.header('x-aiproxy-warning', warningHeader(warning));
  };
  const write = (how: RecordWrite['how']) => async (request: ApiContext) => {
    const { actor, body } = request.var;
    const id = idOf(request);
    const stored = await writeRecord(context, kind, id, {
      how,
      body,
      actor,
      precondition: ifMatchOf(request),
    });
    warn(request, id);
    return answerRecord(request, view(id, stored.record), stored);
  };
  return {
    list: async (request: ApiContext, question: ListQuestion) => {
      await lastUses.ready();
      const { items, total } = listRecords(kind, question, aroundNow(context));
      const { page, per_page } = question;
      return request.json(
        { items: items.map(([id, record]) => view(id, record)), total, page, per_page },
        200,
      );
    },
    create: async (request: ApiContext) => {
      const { actor, body } = request.var;
      const { id, stored } = await createRecord(context, kind, body, actor);
      const shown = (kind.shownOnce ?? []).map((name) => [name, Reflect.get(stored.record, name)]);
      warn(request, id);
      request.header('location', `/api/v1/${path}/${encodeURIComponent(id)}`);
      return answerRecord(request, { ...view(id, stored.record), ...Object.fromEntries(shown) }, stored, 201);
    },
    get: async (request: ApiContext) => {
      await lastUses.ready();
      const id = idOf(request);
      const stored = existing(context, kind, id);
      warn(request, id);
      return answerRecord(request, view(id, stored.record), stored);
    },
    replace: write('replace'),
    change: write('merge'),
    remove: async (request: ApiContext) => {
      const { actor } = request.var;
      const force = request.req.query('force') === 'true';
      await removeRecord(context, kind, idOf(request), { force, actor, precondition: ifMatchOf(request) });
      return request.body(null, 204);
    },
  };
}

/**
 * The six routes of a resource. Bodies are not validated by the router: what they may leave out depends on the
 * stored record.
 */
export function resourceRoutes<S extends MapSection, P extends string>(
  context: RecordContext,
  kind: ResourceKind<S, P>,
) {
  const contract = contractOf(kind);
  const routes = { ...collectionRoutes(kind, contract), ...recordRoutes(kind, contract) };
  const handle = handlersOf(context, kind);
  const router = apiRouter();
  router.openAPIRegistry.register(`${kind.title}Input`, contract.sent);
  // The handlers answer with what the descriptions say, masked; records are loose, so types cannot tell.
  return router
    .openapi(routes.list, ((request: ApiContext) =>
      handle.list(request, request.req.valid('query' as never) as ListQuestion)) as never)
    .openapi(routes.create, handle.create as never)
    .openapi(routes.get, handle.get as never)
    .openapi(routes.replace, handle.replace as never)
    .openapi(routes.change, handle.change as never)
    .openapi(routes.remove, handle.remove as never);
}

import { createRoute, z } from '@hono/zod-openapi';
import type { ProxyKey } from '../../contract/document.ts';
import { Status } from '../../contract/values.ts';
import { apiRouter, ERRORS, jsonAnswer, jsonBody } from '../api-router.ts';
import { BulkAnswer, bulkBody, changeMany } from '../resources/bulk-change.ts';
import type { RecordContext } from '../resources/record-writing.ts';
import { PROXY_KEYS } from './proxy-keys.ts';

const KeySet = z.strictObject({ status: Status });

const changeKeys = createRoute({
  method: 'post',
  path: '/proxy-keys/bulk',
  summary: 'Enables, disables or deletes many Proxy-Keys at once',
  description:
    'What is set is set for all of them in one commit, or for none. Those that have it so already stay.',
  tags: ['Proxy-Keys'],
  request: { body: jsonBody(bulkBody(KeySet, 'They are refused at once').openapi('BulkProxyKeys')) },
  responses: { 200: jsonAnswer(BulkAnswer, 'Which were changed'), ...ERRORS },
});

/** Changes of many Proxy-Keys that were chosen in a list. */
export function bulkKeyRoutes(context: RecordContext) {
  return apiRouter().openapi(changeKeys, async (request) => {
    const { ids, set } = request.req.valid('json');
    const next = set === undefined ? null : (key: ProxyKey) => ({ ...key, ...set });
    return request.json(
      await changeMany(context, PROXY_KEYS, { ids, next, actor: request.get('actor') }),
      200,
    );
  });
}

import { randomBytes } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { newProxyKey, SECRET_BYTES } from '../../core/new-secret.ts';
import { rotatedKey } from '../../core/rotated-key.ts';
import { apiRouter, ERRORS, jsonBody } from '../api-router.ts';
import { ifMatchOf } from '../if-match.ts';
import { answerRecord, viewOf } from '../resources/record-view.ts';
import {
  commitRecord,
  existing,
  expect,
  type RecordContext,
  withRetries,
} from '../resources/record-writing.ts';
import { contractOf, IdParam, IfMatch, recordAnswer } from '../resources/resource-contract.ts';
import { PROXY_KEYS } from './proxy-keys.ts';

/** 90 days: what is not exchanged by then is not going to be. */
const LONGEST_GRACE_S = 90 * 86_400;

const rotate = createRoute({
  method: 'post',
  path: '/proxy-keys/{id}/rotate',
  summary: 'Puts a new key in a Proxy-Key’s place',
  description:
    'The new key is shown in this answer and never again unasked. The old one stays valid for `grace_seconds`; left ' +
    'out, it is void at once.',
  tags: [PROXY_KEYS.tag],
  request: {
    params: IdParam,
    headers: IfMatch,
    body: jsonBody(z.strictObject({ grace_seconds: z.int().min(0).max(LONGEST_GRACE_S).default(0) })),
  },
  responses: {
    200: recordAnswer(contractOf(PROXY_KEYS).read, 'The Proxy-Key, with its new key in full'),
    ...ERRORS,
  },
});

/** Proxy-Keys, exchanged. */
export function rotationRoutes(context: RecordContext) {
  return apiRouter().openapi(rotate, async (request) => {
    const { id } = request.req.valid('param');
    const { grace_seconds } = request.req.valid('json');
    const actor = request.get('actor');
    const precondition = ifMatchOf(request);
    const key = newProxyKey(randomBytes(SECRET_BYTES));
    const stored = await withRetries(async () => {
      const before = existing(context, PROXY_KEYS, id);
      expect(context, PROXY_KEYS, id, before, precondition);
      const draft = rotatedKey(before.record, key, context.clock.now(), grace_seconds);
      return commitRecord(context, PROXY_KEYS, id, before, draft, { actor, action: 'rotate' });
    });
    const view = viewOf(context, PROXY_KEYS, id, stored.record);
    // The record was checked by the schema that the description was made of.
    return answerRecord(request, { ...view, key }, stored) as never;
  });
}

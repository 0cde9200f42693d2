import { z } from '@hono/zod-openapi';
import { Outcome, Protocol } from '../contract/logged-request.ts';
import { QueryText, queryNumber } from './query-values.ts';

const NONE = 'An empty value finds requests without one';

/** How requests are filtered, in the log and in the live feed alike. */
export const REQUEST_FILTER = {
  user: QueryText.optional().openapi({ description: NONE }),
  key_id: QueryText.optional().openapi({ description: NONE }),
  channel: QueryText.optional().openapi({ description: NONE }),
  model: QueryText.optional().openapi({ description: NONE }),
  endpoint: QueryText.optional(),
  protocol: Protocol.optional(),
  outcome: Outcome.optional(),
  status: queryNumber(z.int().min(100).max(599)).optional(),
  error_code: QueryText.optional().openapi({ description: NONE }),
  request_id: QueryText.optional(),
  text: QueryText.min(1).optional().openapi({ description: 'Part of any text, whatever its case' }),
};

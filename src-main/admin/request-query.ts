import { z } from '@hono/zod-openapi';
import { Protocol } from '../contract/logged-request.ts';
import { FAILURES, OUTCOMES } from '../contract/request-record.ts';
import { QueryText, queryNumber } from './query-values.ts';

const NONE = 'An empty value finds requests without one';

const FAILURE = 'failure';
const WORDS = [FAILURE, ...OUTCOMES];
const isFailure = (word: string): word is typeof FAILURE => word === FAILURE;

/** Several may stand in one member, divided by commas, or in members of one name. */
const joined = (value: unknown): unknown => (Array.isArray(value) ? value.join(',') : value);

/** Outcomes, any of which a request may have had. */
const Outcomes = z
  .preprocess(
    joined,
    z.string().refine((text) => text.split(',').every((word) => WORDS.some((one) => one === word)), {
      message: `must be one or several of ${WORDS.join(', ')}, divided by commas`,
    }),
  )
  .transform((text) => {
    const words = text.split(',');
    const wanted = words.some(isFailure) ? [...words, ...FAILURES] : words;
    return OUTCOMES.filter((outcome) => wanted.includes(outcome));
  })
  .openapi({
    type: 'string',
    example: 'platform_error,gateway_error',
    description: `One, or several divided by commas; \`${FAILURE}\` is ${FAILURES.join(', ')}`,
  });

/** How requests are filtered, in the log and in the live feed alike. */
export const REQUEST_FILTER = {
  user: QueryText.optional().openapi({ description: NONE }),
  key_id: QueryText.optional().openapi({ description: NONE }),
  channel: QueryText.optional().openapi({ description: NONE }),
  model: QueryText.optional().openapi({ description: NONE }),
  endpoint: QueryText.optional(),
  protocol: Protocol.optional(),
  outcome: Outcomes.optional(),
  status: queryNumber(z.int().min(100).max(599)).optional(),
  error_code: QueryText.optional().openapi({ description: NONE }),
  request_id: QueryText.optional(),
  text: QueryText.min(1).optional().openapi({ description: 'Part of any text, whatever its case' }),
};

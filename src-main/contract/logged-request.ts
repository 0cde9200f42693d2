import { z } from 'zod';
import { OUTCOMES, PROTOCOLS, REQUEST_RECORD_VERSION } from './request-record.ts';
import { Time } from './values.ts';

/** How a request ended; the same words as in {@link RequestRecord}. */
export const Outcome = z.enum(OUTCOMES);

export const Protocol = z.enum(PROTOCOLS);

const Text = z.string().nullable();
const Figure = z.number().nonnegative().nullable();

/** A line of the request log as it is read back, for descriptions of the admin API; see {@link RequestRecord}. */
export const LoggedRequest = z.object({
  v: z.literal(REQUEST_RECORD_VERSION),
  /** When it arrived. */
  time: Time,
  request_id: z.string(),
  user: Text,
  key_id: Text,
  channel: Text,
  dialect: z.string(),
  endpoint: z.string(),
  method: z.string(),
  path: z.string(),
  protocol: Protocol,
  status: z.int(),
  outcome: Outcome,
  error_code: Text,
  error_message: Text,
  latency_ms: z.number().nonnegative(),
  ttfb_ms: Figure,
  bytes_in: z.number().nonnegative(),
  bytes_out: z.number().nonnegative(),
  /** Of WebSocket sessions only. */
  messages_in: z.number().nonnegative().optional(),
  messages_out: z.number().nonnegative().optional(),
  model: Text,
  tokens_in: Figure,
  tokens_out: Figure,
  tokens_cached: Figure,
  tokens_reasoning: Figure,
  characters: Figure,
  seconds: Figure,
  cost: Figure,
  client: z.string(),
  /** The last four characters of an unknown key that was refused. */
  refused_key_end: z.string().optional(),
  attempts: z.int().nonnegative(),
});

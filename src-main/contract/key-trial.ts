import { z } from 'zod';
import { LoggedRequest } from './logged-request.ts';

/** A test request with a Proxy-Key: what is asked, and which of the key's channels shall answer. */
export const TrialQuestion = z.strictObject({
  model: z.string().min(1).max(256),
  text: z.string().min(1).max(4000),
  /** Left out, the one that the gateway chooses. */
  channel: z.string().min(1).max(128).optional(),
});
export type TrialQuestion = z.infer<typeof TrialQuestion>;

/** What is told of a test request while it goes on: one JSON object a line. */
export const TrialEvent = z.discriminatedUnion('type', [
  /** The answer begins. */
  z.object({ type: z.literal('head'), status: z.int(), request_id: z.string().nullable() }),
  /** The next piece of the model's words. */
  z.object({ type: z.literal('text'), text: z.string() }),
  /** It was refused, or broke off. */
  z.object({ type: z.literal('failed'), code: z.string().nullable(), message: z.string() }),
  /** Its line in the request log; `null` where there was none within a second. */
  z.object({ type: z.literal('end'), record: LoggedRequest.nullable() }),
]);
export type TrialEvent = z.infer<typeof TrialEvent>;

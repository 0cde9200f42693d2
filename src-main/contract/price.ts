import { z } from 'zod';
import { Id, ModelGlob } from './values.ts';

/** What something costs, in the currency of the prices. */
const Amount = z.number().nonnegative().max(1e9);

/** The id of a price: by itself it is the glob of the models it is for. */
export const PriceId = ModelGlob.refine((id) => id !== '__proto__', 'must not be __proto__');

/** What the use of some models costs. Tokens and characters by the million, sound by the second. */
export const Price = z.looseObject({
  /** The models it is for, where that is not its id: several prices of one model need ids of their own. */
  model: ModelGlob.optional(),
  /** Only where this channel served the request; such a price goes before those for all channels. */
  channel: Id.optional(),
  /** A million tokens of input. */
  input: Amount.optional(),
  /** A million tokens of output, reasoning included. */
  output: Amount.optional(),
  /** A million tokens of input that came out of the platform's cache; left out, they cost what other input costs. */
  cached_input: Amount.optional(),
  /** A million characters spoken. */
  characters: Amount.optional(),
  /** One second of sound. */
  seconds: Amount.optional(),
  /** One request that was answered. */
  request: Amount.optional(),
  /** Says what the amounts are in; it is not converted, so all prices should have the same. */
  currency: z.string().min(1).max(16).optional(),
});

export type Price = z.infer<typeof Price>;

import { type IdRules, idRules, inBody, KEPT_DAYS, pairsIn } from '../id-rules.ts';

/** What a POST makes, and for how many days it is kept (resources of npm `@anthropic-ai/sdk`). */
const COLLECTIONS = new Map<string, number>([
  // Results are there for 29 days.
  ['messages/batches', KEPT_DAYS.month],
  ...`files skills agents environments sessions vaults memory_stores deployments dreams user_profiles`
    .split(' ')
    .map((name) => [name, KEPT_DAYS.lasting] as const),
]);

const MEMBERS = new Map([
  ['environment_id', 'environments'],
  ['agent', 'agents'],
  ['vault_ids', 'vaults'],
]);

/** Anthropic's ids. @param resource what follows `/v1/` */
export function anthropicIds(resource: string): IdRules | null {
  const collection = resource.startsWith('messages/batches')
    ? 'messages/batches'
    : (resource.split('/', 1)[0] ?? '');
  const days = COLLECTIONS.get(collection);
  if (days === undefined) return null;
  const makes = resource === collection;
  return idRules({
    named: pairsIn(resource),
    members: makes && collection === 'messages/batches' ? null : MEMBERS,
    made: makes ? [inBody(collection.replace('messages/', ''), days, 'id')] : [],
  });
}

import { namedIds } from '../../core/bound-id.ts';
import type { Identity } from '../../core/identity.ts';
import { holderNow } from '../client-secrets.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';

/**
 * Who goes on with an upload that was begun here, where no key comes with it. Gemini's upload URLs are a permission
 * by themselves (long, random, one upload each), and Google's Python SDK shows its key only when it begins.
 * @returns the identity of the Proxy-Key that began it, as it is now; `null` for everything else
 */
export function uploaderOf({ operation, query, snapshot }: Exchange, { boundIds }: Gateway): Identity | null {
  const { ids } = operation ?? {};
  if (ids == null || ids.queried === null) return null;
  const [name, second] = namedIds(ids, { query, bytes: null, members: null });
  if (name === undefined || second !== undefined) return null;
  const [binding, another] = boundIds.get(name);
  if (binding?.key_id === undefined || another !== undefined) return null;
  return holderNow({ user: binding.user, keyId: binding.key_id }, snapshot);
}

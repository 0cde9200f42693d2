import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { Exchange } from '../exchange.ts';

/**
 * Stage 6: whether this request may be made now: the models a key is restricted to. Rates, concurrency and
 * quotas belong here too.
 * @throws ProxyError `model_not_permitted`, `bad_request`
 */
export function admit({ model, operation }: Exchange, identity: Identity): void {
  if (identity.models === null || operation === null) return;
  if (model === null) {
    if (!operation.metered) return;
    throw new ProxyError(
      'bad_request',
      'this Proxy-Key is restricted to certain models, and the request names none',
    );
  }
  if (!identity.models(model)) {
    throw new ProxyError(
      'model_not_permitted',
      `this Proxy-Key may not use the model ${model.slice(0, 100)}`,
    );
  }
}

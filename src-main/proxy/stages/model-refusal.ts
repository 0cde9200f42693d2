import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { type ModelListOwner, refusingOwner } from '../../core/permitted-models.ts';

/** A separator that only some see (`%2F` behind the surface is judged in both readings), and a choice of a channel that is meant for the next AIProxy. */
const TWO_READINGS = /;|%(?:2[05]|3b)|^\/(?:channels\/|[^/]*%2f)/i;

const CALLED: Readonly<Record<ModelListOwner, string>> = {
  key: 'this Proxy-Key',
  user: 'this user',
  group: "this user's group",
};

/** What is told where a list of models refuses one: whose list it is. */
export function notPermitted(model: string, { modelLists }: Identity): ProxyError {
  const who = CALLED[refusingOwner(modelLists, model) ?? 'key'];
  return new ProxyError('model_not_permitted', `${who} may not use the model ${model.slice(0, 100)}`);
}

/** What a key that is restricted to certain models is told of a request that cannot be judged. */
export const restricted = (why: string): ProxyError =>
  new ProxyError('bad_request', `this Proxy-Key is restricted to certain models, and ${why}`);

/** @param path plain @throws ProxyError `bad_request` */
export function refuseTwoReadings(path: string): void {
  if (TWO_READINGS.test(path)) throw restricted('its path can be read in two ways');
}

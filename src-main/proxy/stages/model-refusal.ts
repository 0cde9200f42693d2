import { ProxyError } from '../../contract/errors.ts';

/** A separator that only some see, and a choice of a channel that is meant for the next AIProxy. */
const TWO_READINGS = /;|%(?:2[0f5]|3b)|^\/channels\//i;

export const notPermitted = (model: string): ProxyError =>
  new ProxyError('model_not_permitted', `this Proxy-Key may not use the model ${model.slice(0, 100)}`);

/** What a key that is restricted to certain models is told of a request that cannot be judged. */
export const restricted = (why: string): ProxyError =>
  new ProxyError('bad_request', `this Proxy-Key is restricted to certain models, and ${why}`);

/** @param path plain @throws ProxyError `bad_request` */
export function refuseTwoReadings(path: string): void {
  if (TWO_READINGS.test(path)) throw restricted('its path can be read in two ways');
}

import { ProxyError } from '../../contract/errors.ts';
import { isFromThisComputer } from '../../core/client-address.ts';
import { endOfKey, readCredential } from '../../core/credential.ts';
import type { Identity } from '../../core/identity.ts';
import { holderOfBinding, secretName } from '../client-secrets.ts';
import { originAllowed } from '../cors.ts';
import type { Exchange } from '../exchange.ts';
import type { Gateway } from '../gateway.ts';
import { uploaderOf } from './uploader.ts';

const GEMINI_PATH =
  /^\/(?:v1(?:beta\d*|alpha)\/|(?:upload|download)\/v1(?:beta\d*|alpha)?\/|v1\/(?:models|tunedModels)\/[^/]+:|ws\/google\.ai\.)/;

/** Whether a query member `key` of this value is a credential: always on Gemini's paths, elsewhere if we know it. */
export function isQueryCredential({ snapshot, path }: Exchange, value: string): boolean {
  return GEMINI_PATH.test(path) || snapshot.keys.has(value) || snapshot.channelKeys.has(value);
}

/** Stage 1: the first present of the places in which clients put a key. */
export function findCredential(exchange: Exchange): void {
  exchange.credential = readCredential(exchange.head, exchange.query, (value) =>
    isQueryCredential(exchange, value),
  );
}

/**
 * Stage 2: who asks. Fails closed: what is not a known Proxy-Key opens nothing, a channel's own key least.
 * @throws ProxyError `missing_proxy_key`, `invalid_proxy_key`, `rate_limited`, `origin_not_allowed`
 */
export function identify(exchange: Exchange, gateway: Gateway): Identity {
  const { snapshot, credential } = exchange;
  const known = credential === null ? undefined : snapshot.keys.get(credential);
  if (known !== undefined && (!known.loopbackOnly || fromHere(exchange))) return known;
  const given = credential === null ? null : holderOfSecret(exchange, gateway, credential);
  if (given !== null) return given;
  const uploader = credential === null ? uploaderOf(exchange, gateway) : null;
  if (uploader !== null) return uploader;
  const isChannelKey = credential !== null && snapshot.channelKeys.has(credential);
  if (snapshot.anonymous !== null && !isChannelKey && fromHere(exchange))
    return anonymous(exchange, snapshot.anonymous);
  throw unknownKey(exchange, gateway);
}

/** A secret of a realtime session belongs to whoever asked for it here, until it ends or they do. */
export function holderOfSecret(exchange: Exchange, gateway: Gateway, secret: string): Identity | null {
  if (exchange.operation?.name !== 'realtime') return null;
  const [binding] = gateway.boundIds.get(secretName(secret));
  const holder = binding === undefined ? null : holderOfBinding(binding, exchange.snapshot);
  if (binding === undefined || holder === null) return null;
  exchange.clientSecret = secret;
  exchange.bound = binding;
  return holder;
}

const fromHere = ({ req, head }: Exchange): boolean =>
  isFromThisComputer(req.socket.remoteAddress ?? '', head);

function anonymous(exchange: Exchange, identity: Identity): Identity {
  // An image or a link of another site's page comes without Origin.
  const { crossSite, origin } = exchange.head;
  if (!originAllowed(exchange) || (crossSite && origin === null)) {
    throw new ProxyError('origin_not_allowed', 'pages of this origin may not use the gateway without a key');
  }
  return identity;
}

/** A key that opens something, here or at a platform, is told of to nobody, whoever sends it. */
const isSecretHere = ({ keys, channelKeys, secrets }: Exchange['snapshot'], credential: string): boolean =>
  keys.has(credential) || channelKeys.has(credential) || secrets.has(credential);

function unknownKey(exchange: Exchange, gateway: Gateway): ProxyError {
  const { credential, client, snapshot } = exchange;
  if (credential !== null && !isSecretHere(snapshot, credential))
    exchange.refusedKeyEnd = endOfKey(credential);
  const waitS = gateway.failedKeys.note(client);
  if (waitS !== null) {
    return new ProxyError('rate_limited', 'too many wrong keys from this address', { retryAfterS: waitS });
  }
  return credential === null
    ? new ProxyError(
        'missing_proxy_key',
        'a Proxy-Key is needed: send it as Authorization: Bearer, x-api-key, api-key or x-goog-api-key',
      )
    : new ProxyError('invalid_proxy_key', 'the Proxy-Key is not known here');
}

import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { modelsInQuery } from '../../core/model-name.ts';
import type { Operation } from '../../core/operation.ts';
import { plainPath } from '../../core/plain-path.ts';
import type { Exchange } from '../exchange.ts';

const READS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
/** Headers that make another method of a request (Google's APIs among others). */
const OTHER_METHOD = /^x-(?:http-method|http-method-override|method-override)$/i;
/** Where files are sent to, on each of the surfaces; what is done with them names a model of its own. */
const UPLOAD =
  /^(?:\/v1|\/openai(?:\/v1)?|\/compatible-mode\/v1|\/api\/v1|(?:\/upload)?\/v1(?:beta\d*|alpha)?(?:\/openai)?)?\/(?:files|uploads)(?:\/[^/:]+(?:\/(?:parts|complete|cancel))?)?$/;
/** A separator that only some see, and a choice of a channel that is meant for the next AIProxy. */
const TWO_READINGS = /;|%(?:2[0f5]|3b)|^\/channels\//i;
/** The model stands in the path, in a nested request, or in something made earlier; the body's own member decides nothing. */
const NAMED_ELSEWHERE =
  /:|\/(?:models|tunedmodels|deployments|engines|publishers|endpoints|batches|evals|graders|apps|agents)(?:\/|$)/i;
/** `application/sdp` carries no model; a form or JSON describes the session, and the model in it is nested. */
const SDP = /^application\/sdp\s*(?:;|$)/i;

/**
 * Stage 6: whether this request may be made now: the models a key is restricted to. What cannot be understood
 * is refused. Rates, concurrency and quotas belong here too.
 * @throws ProxyError `model_not_permitted`, `bad_request`
 */
export function admit(exchange: Exchange, { models }: Identity): void {
  const { model, operation, query } = exchange;
  if (models === null || operation === null) return;
  const path = plainPath(exchange.path);
  if (TWO_READINGS.test(path)) throw restricted('its path can be read in two ways');
  const named = model === null ? modelsInQuery(query) : [model, ...modelsInQuery(query)];
  const other = named.find((name) => !models(name));
  if (other !== undefined) throw notPermitted(other);
  if (isRead(exchange, operation)) return;
  if (model === null) {
    if (!UPLOAD.test(path)) throw restricted('the request names none');
  } else if (!decides(exchange, operation, path)) {
    throw restricted('it cannot be told which one the request uses');
  }
}

/**
 * The same for a WebSocket session: a model named in the query must be one of the key's. Where none is, the messages
 * name it (DashScope's tasks, Gemini's setup), or the call that an id leads to was admitted before; each message
 * of a restricted key is looked at before it goes on.
 * @throws ProxyError `model_not_permitted`, `bad_request`
 */
export function admitSession(exchange: Exchange, { models }: Identity): void {
  const { operation, model, bound, query } = exchange;
  if (models === null || operation === null) return;
  if (TWO_READINGS.test(plainPath(exchange.path))) throw restricted('its path can be read in two ways');
  const other = [...(model === null ? [] : [model]), ...modelsInQuery(query)].find((name) => !models(name));
  if (other !== undefined) throw notPermitted(other);
  const isToldLater = bound !== null || TOLD_IN_MESSAGES.test(operation.endpoint);
  if (model === null && !isToldLater) throw restricted('the session names none');
}

/** Sessions whose model stands in a message. */
const TOLD_IN_MESSAGES = /^\/(?:api-ws\/v1\/inference|ws\/google\.ai\.generativelanguage)$/;

const notPermitted = (model: string): ProxyError =>
  new ProxyError('model_not_permitted', `this Proxy-Key may not use the model ${model.slice(0, 100)}`);

const restricted = (why: string): ProxyError =>
  new ProxyError('bad_request', `this Proxy-Key is restricted to certain models, and ${why}`);

/** A listing, a download, a deletion. A session (a GET) is none, nor is what asks to be taken for something else. */
const isRead = ({ req, body }: Exchange, { name }: Operation): boolean =>
  READS.has(req.method ?? '') &&
  name !== 'realtime' &&
  body.kind === 'none' &&
  !req.rawHeaders.some((text, at) => at % 2 === 0 && OTHER_METHOD.test(text));

/** Whether the model that was found is the one that will be used. */
function decides({ req, head, body }: Exchange, operation: Operation, path: string): boolean {
  if (operation.model !== null) return true;
  if (operation.name === 'realtime') {
    return body.kind === 'none' ? req.method === 'GET' : SDP.test(head.contentType ?? '');
  }
  return !NAMED_ELSEWHERE.test(path);
}

import type { Identity } from '../../core/identity.ts';
import { modelsInQuery } from '../../core/model-name.ts';
import { multipartField } from '../../core/multipart-field.ts';
import type { Operation } from '../../core/operation.ts';
import { plainPath } from '../../core/plain-path.ts';
import { modelsToldIn } from '../../core/websocket/session-model.ts';
import type { Exchange } from '../exchange.ts';
import { notPermitted, refuseTwoReadings, restricted } from './model-refusal.ts';

/** `application/sdp` carries no model; a form or JSON describes the session, and the model in it is nested. */
const SDP = /^application\/sdp\s*(?:;|$)/i;

/**
 * Stage 6 for what sets up a realtime session over HTTP: offers, secrets, calls to be accepted. Their models stand in
 * the query or in the description of the session; a secret was admitted when it was made, a call with it.
 */
export function admitSignalling(
  exchange: Exchange,
  identity: Identity,
  models: (model: string) => boolean,
): void {
  const { query, bound, clientSecret, body } = exchange;
  const described = modelsDescribed(exchange);
  if (described === null) throw restricted('its session cannot be read without doubt');
  const named = [...modelsInQuery(query), ...described];
  const other = named.find((name) => !models(name));
  if (other !== undefined) throw notPermitted(other, identity);
  const wasAdmitted = clientSecret !== null || bound !== null;
  if (named.length === 0 && !wasAdmitted) throw restricted('the session names none');
  if (body.kind === 'streamed') throw restricted('its session cannot be read');
}

/** The longest description of a session that is read, bytes. */
const LONGEST_SESSION = 256 * 1024;

/** The models that the body of a request names for its session; `null` where that cannot be told. */
function modelsDescribed({ body, head }: Exchange): readonly string[] | null {
  const type = head.contentType ?? '';
  if (body.kind !== 'held' || SDP.test(type)) return [];
  if (!/^multipart\/form-data/i.test(type)) return modelsToldIn(new TextDecoder().decode(body.text));
  const session = multipartField(body.bytes, type, 'session', LONGEST_SESSION);
  return session === null ? null : modelsToldIn(session);
}

/**
 * Stage 6 for a WebSocket session: a model named in the query must be one of the key's. Where none is, the messages
 * name it (DashScope's tasks, Gemini's setup, the turns of a Responses session), or the call that an id leads to was admitted before; each message
 * of a restricted key is looked at before it goes on.
 * @throws ProxyError `model_not_permitted`, `bad_request`
 */
export function admitSession(exchange: Exchange, identity: Identity): void {
  const { operation, model, bound, query } = exchange;
  const { models } = identity;
  if (models === null || operation === null) return;
  const path = plainPath(exchange.path);
  refuseTwoReadings(path);
  if (/%2f/i.test(path)) throw restricted('its path can be read in two ways');
  const other = [...(model === null ? [] : [model]), ...modelsInQuery(query)].find((name) => !models(name));
  if (other !== undefined) throw notPermitted(other, identity);
  const isToldLater = bound !== null || isToldInMessages(operation);
  if (model === null && !isToldLater) throw restricted('the session names none');
}

/** Sessions whose model stands in a message. */
const TOLD_IN_MESSAGES = /^\/(?:api-ws\/v1\/inference|ws\/google\.ai\.generativelanguage)$/;
const isToldInMessages = ({ name, endpoint }: Operation): boolean =>
  name === 'responses' || TOLD_IN_MESSAGES.test(endpoint);

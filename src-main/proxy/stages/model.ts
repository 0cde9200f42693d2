import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { type JsonMembers, jsonMembers, stringAt } from '../../core/json-members.ts';
import { utf8Json } from '../../core/json-text.ts';
import { multipartField } from '../../core/multipart-field.ts';
import type { Operation } from '../../core/operation.ts';
import { takesForm } from '../../core/operations/takes-form.ts';
import type { Exchange } from '../exchange.ts';

const isMultipart = (contentType: string): boolean => /^multipart\/form-data/i.test(contentType);

/** A form of whatever kind. */
const FORM = /^(?:multipart\/|application\/x-www-form-urlencoded)/i;
/** Neither a form nor a session description names ids in members. */
const WITHOUT_MEMBERS = /^(?:multipart\/form-data|application\/sdp)/i;

/**
 * The second half of stage 5: the model a held body names, of whatever operation.
 * @returns where its members stand in the body's text, for rewriting; `null` where the body is no JSON object or not held
 * @throws ProxyError `bad_request` where the model decides something and cannot be read without doubt, or
 *   where the members that name ids cannot be read
 */
export function readModel(exchange: Exchange, identity: Identity): JsonMembers | null {
  const { body, operation } = exchange;
  if (body.kind === 'none' || operation === null) return null;
  const restricted = identity.models !== null;
  const decides = operation.model === null && (restricted || identity.candidates.needsModel);
  const names = operation.ids?.members ?? null;
  const contentType = exchange.head.contentType ?? '';
  const mayNameIds = names !== null && !WITHOUT_MEMBERS.test(contentType);
  if (mayNameIds) refuseHidden(exchange, operation);
  if (body.kind !== 'held') return null;
  if (FORM.test(contentType) && (restricted || takesForm(operation))) {
    readForm(exchange, operation, body.text, decides, restricted);
    return null;
  }
  const text = utf8Json(body.text);
  if (text !== body.text) {
    if (restricted) throw unreadable('is not JSON in UTF-8 without a byte order mark');
    exchange.body = { ...body, text };
  }
  const members = jsonMembers(text, names);
  if (mayNameIds && text.length > 0) refuseUnlikeJson(members);
  if (members?.othersTooMany === true) throw unreadable('repeats its members too often');
  if (decides) refuseDoubt(members, operation.metered, restricted);
  if (members?.model) exchange.model ??= stringAt(text, members.model);
  return members;
}

/** @throws ProxyError `bad_request` for a form that somebody may read as JSON */
function readForm(
  exchange: Exchange,
  operation: Operation,
  bytes: Uint8Array,
  decides: boolean,
  restricted: boolean,
): void {
  const contentType = exchange.head.contentType ?? '';
  if (restricted && !takesForm(operation)) throw unreadable('is a form, and this operation takes JSON');
  if (isMultipart(contentType) && (decides || operation.metered))
    exchange.model ??= multipartField(bytes, contentType, 'model');
}

const unreadable = (how: string): ProxyError => new ProxyError('bad_request', `the body ${how}`);

/** An id must not pass unseen. A prompt with large files in it may: that is a streamed body of a metered operation. */
function refuseHidden({ body, head }: Exchange, { metered }: Operation): void {
  if (body.kind === 'streamed' && !(metered && /json/i.test(head.contentType ?? '')))
    throw unreadable('is not JSON of a size that can be read, and may name ids');
}

function refuseUnlikeJson(members: JsonMembers | null): void {
  if (members === null) throw unreadable('is not a JSON object');
  if (members.textBehind) throw unreadable('has text behind its JSON object');
}

function refuseDoubt(members: JsonMembers | null, metered: boolean, restricted: boolean): void {
  if (members === null && metered) throw unreadable('is not a JSON object');
  if (restricted && members?.textBehind === true) throw unreadable('has text behind its JSON object');
  if (members?.modelTwice === true || (restricted && members?.modelOtherCase === true))
    throw unreadable('names the model more than once');
}

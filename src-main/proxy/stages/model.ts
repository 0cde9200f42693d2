import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { type JsonMembers, jsonMembers, stringAt } from '../../core/json-members.ts';
import { multipartField } from '../../core/multipart-field.ts';
import type { Operation } from '../../core/operation.ts';
import type { Exchange } from '../exchange.ts';

const isMultipart = (contentType: string): boolean => /^multipart\/form-data/i.test(contentType);

/** Nobody reads these as JSON, whatever they look like. */
const OTHER_FORM = /^(?:multipart\/|application\/x-www-form-urlencoded)/i;
/** Neither a form nor a session description names ids in members. */
const WITHOUT_MEMBERS = /^(?:multipart\/form-data|application\/sdp)/i;

/**
 * The second half of stage 5: the model a held body names.
 * @returns where its members stand, for rewriting; `null` where the body is no JSON object or not held
 * @throws ProxyError `bad_request` where the model decides something and cannot be read without doubt, or
 *   where the members that name ids cannot be read
 */
export function readModel(exchange: Exchange, identity: Identity): JsonMembers | null {
  const { body, operation } = exchange;
  if (body.kind === 'none' || operation === null) return null;
  const decides = operation.model === null && (identity.models !== null || identity.candidates.needsModel);
  const names = operation.ids?.members ?? null;
  if (!decides && !operation.metered && names === null) return null;
  const contentType = exchange.head.contentType ?? '';
  const mayNameIds = names !== null && !WITHOUT_MEMBERS.test(contentType);
  if (mayNameIds) refuseHidden(exchange, operation);
  if (body.kind !== 'held') return null;
  if (isMultipart(contentType)) {
    if (decides || operation.metered) exchange.model ??= multipartField(body.bytes, contentType, 'model');
    return null;
  }
  if (identity.models !== null && OTHER_FORM.test(contentType)) return null;
  const members = jsonMembers(body.bytes, names);
  if (members === null && mayNameIds && body.bytes.length > 0) throw unreadable('is not a JSON object');
  if (members?.othersTooMany === true) throw unreadable('repeats its members too often');
  if (decides) refuseDoubt(members, operation.metered, identity.models !== null);
  if (members?.model) exchange.model ??= stringAt(body.bytes, members.model);
  return members;
}

const unreadable = (how: string): ProxyError => new ProxyError('bad_request', `the body ${how}`);

/** An id must not pass unseen. A prompt with large files in it may: that is a streamed body of a metered operation. */
function refuseHidden({ body, head }: Exchange, { metered }: Operation): void {
  const coding = head.contentEncoding?.toLowerCase() ?? 'identity';
  if (coding !== 'identity') throw unreadable('is encoded, and may name ids: send it plain');
  if (body.kind === 'streamed' && !(metered && /json/i.test(head.contentType ?? '')))
    throw unreadable('is not JSON of a size that can be read, and may name ids');
}

function refuseDoubt(members: JsonMembers | null, metered: boolean, restricted: boolean): void {
  if (members === null && metered) throw unreadable('is not a JSON object');
  if (members?.modelTwice === true || (restricted && members?.modelOtherCase === true))
    throw unreadable('names the model more than once');
}

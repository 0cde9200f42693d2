import { ProxyError } from '../../contract/errors.ts';
import type { Identity } from '../../core/identity.ts';
import { type JsonMembers, jsonMembers, stringAt } from '../../core/json-members.ts';
import { multipartField } from '../../core/multipart-field.ts';
import type { Exchange } from '../exchange.ts';

const isMultipart = (contentType: string | null): boolean =>
  contentType !== null && /^multipart\/form-data/i.test(contentType);

/**
 * The second half of stage 5: the model a held body names.
 * @returns where its members stand, for rewriting; `null` where the body is no JSON object or not held
 * @throws ProxyError `bad_request` where the model decides something and cannot be read without doubt, or
 *   where members that name ids are more than can be looked at
 */
export function readModel(exchange: Exchange, identity: Identity): JsonMembers | null {
  const { body, operation } = exchange;
  if (body.kind !== 'held' || operation === null) return null;
  const decides = operation.model === null && (identity.models !== null || identity.candidates.needsModel);
  const names = operation.ids?.members ?? null;
  if (!decides && !operation.metered && names === null) return null;
  if (isMultipart(exchange.head.contentType)) {
    if (!decides && !operation.metered) return null;
    exchange.model ??= multipartField(body.bytes, exchange.head.contentType ?? '', 'model');
    return null;
  }
  const members = jsonMembers(body.bytes, names);
  if (members?.othersTooMany === true)
    throw new ProxyError('bad_request', 'the body repeats its members too often');
  if (decides) refuseDoubt(members, operation.metered, identity.models !== null);
  if (members?.model) exchange.model ??= stringAt(body.bytes, members.model);
  return members;
}

function refuseDoubt(members: JsonMembers | null, metered: boolean, restricted: boolean): void {
  if (members === null && metered) throw new ProxyError('bad_request', 'the body is not a JSON object');
  if (members?.modelTwice === true || (restricted && members?.modelOtherCase === true))
    throw new ProxyError('bad_request', 'the body names the model more than once');
}

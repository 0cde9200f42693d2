import { modelsInPath } from '../../core/classify.ts';
import type { Identity } from '../../core/identity.ts';
import { modelsInQuery } from '../../core/model-name.ts';
import type { Operation } from '../../core/operation.ts';
import { plainPath } from '../../core/plain-path.ts';
import type { Exchange } from '../exchange.ts';
import { notPermitted, refuseTwoReadings, restricted } from './model-refusal.ts';
import { sdkOf } from './operation.ts';
import { admitSignalling } from './session-admission.ts';

const READS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
/** Headers that make another method of a request (Google's APIs among others). */
const OTHER_METHOD = /^x-(?:http-method|http-method-override|method-override)$/i;
/** Where files are sent to, on each of the surfaces; what is done with them names a model of its own. */
const UPLOAD =
  /^(?:\/v1|\/openai(?:\/v1)?|\/compatible-mode\/v1|\/api\/v1|(?:\/upload)?\/v1(?:beta\d*|alpha)?(?:\/openai)?)?\/(?:files|uploads)(?:\/[^/:]+(?:\/(?:parts|complete|cancel))?)?$/;
/** The model stands in the path, in a nested request, or in something made earlier; the body's own member decides nothing. */
const NAMED_ELSEWHERE =
  /:|\/(?:models|tunedmodels|deployments|engines|publishers|endpoints|batches|evals|graders|apps|agents)(?:\/|$)/i;

/**
 * Stage 6: whether this request may be made now: the models a key is restricted to. What cannot be understood
 * is refused. Rates, concurrency and quotas belong here too.
 * @throws ProxyError `model_not_permitted`, `bad_request`
 */
export function admit(exchange: Exchange, identity: Identity): void {
  const { model, operation, query } = exchange;
  const { models } = identity;
  if (models === null || operation === null) return;
  const path = plainPath(exchange.path);
  refuseTwoReadings(path);
  if (operation.name === 'realtime') {
    admitSignalling(exchange, identity, models);
    return;
  }
  const inPath = path.includes('%') ? modelsInPath(path, sdkOf(exchange.head)) : [];
  const named = [...(model === null ? [] : [model]), ...modelsInQuery(query), ...inPath];
  const other = named.find((name) => !models(name));
  if (other !== undefined) throw notPermitted(other, identity);
  if (isRead(exchange)) return;
  if (model === null) {
    if (!UPLOAD.test(path)) throw restricted('the request names none');
  } else if (!decides(operation, path.replaceAll(/%2f/gi, '/'))) {
    throw restricted('it cannot be told which one the request uses');
  }
}

/** A listing, a download, a deletion; what asks to be taken for something else is none. */
const isRead = ({ req, body }: Exchange): boolean =>
  READS.has(req.method ?? '') &&
  body.kind === 'none' &&
  !req.rawHeaders.some((text, at) => at % 2 === 0 && OTHER_METHOD.test(text));

/** Whether the model that was found is the one that will be used. */
const decides = (operation: Operation, path: string): boolean =>
  operation.model !== null || !NAMED_ELSEWHERE.test(path);

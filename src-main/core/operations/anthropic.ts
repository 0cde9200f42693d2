import { anthropicIds } from '../id-rules/anthropic.ts';
import { type Operation, operation } from '../operation.ts';

/** An operation of Anthropic's API. @param resource what follows `/v1/` */
export function anthropicOperation(resource: string, path: string): Operation {
  if (resource === 'messages')
    return operation('anthropic', 'messages', '/v1/messages', path, { canonical: true });
  const [first, second, , fourth] = resource.split('/');
  if (first === 'models')
    return operation('anthropic', 'models', second ? '/v1/models/{id}' : '/v1/models', path, {
      canonical: true,
    });
  const ids = anthropicIds(resource);
  if (first !== 'messages')
    return operation('anthropic', 'other', `/v1/${first === 'files' ? 'files' : '{other}'}`, path, { ids });
  if (second === 'count_tokens') return operation('anthropic', 'other', '/v1/messages/count_tokens', path);
  const tail = fourth === 'results' || fourth === 'cancel' ? `/{id}/${fourth}` : '';
  return operation('anthropic', 'other', `/v1/messages/batches${tail}`, path, { ids });
}

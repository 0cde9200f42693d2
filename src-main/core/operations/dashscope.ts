import { dashscopeIds } from '../id-rules/dashscope.ts';
import { type Operation, operation } from '../operation.ts';
import { openaiOperation } from './openai.ts';

/** An operation of DashScope's surfaces. */
export function dashscopeOperation(path: string): Operation {
  if (path.startsWith('/compatible-mode/v1/')) {
    return openaiOperation(path.slice('/compatible-mode/v1/'.length), path, false, '/compatible-mode/v1/');
  }
  if (path.startsWith('/api-ws/')) {
    const realtime = path.includes('realtime');
    return operation('dashscope', 'realtime', `/api-ws/v1/${realtime ? 'realtime' : 'inference'}`, path);
  }
  // What speaks other APIs' languages there is passed to it, unread as yet.
  if (!path.startsWith('/api/v1/')) return operation('dashscope', 'other', '/apps/{other}', path);
  const ids = dashscopeIds(path);
  const service = /^\/api\/v1\/services\/([a-z0-9-]+)\/([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(path);
  if (service === null) {
    const resource = path.split('/')[3] ?? '';
    return operation(
      'dashscope',
      'other',
      `/api/v1/${DASHSCOPE_RESOURCES.has(resource) ? resource : '{other}'}`,
      path,
      { ids },
    );
  }
  const [, area = '', task = ''] = service;
  if (!DASHSCOPE_AREAS.has(area))
    return operation('dashscope', 'other', '/api/v1/services/{other}', path, { ids });
  return operation(
    'dashscope',
    task === 'text-embedding' ? 'embeddings' : 'generate',
    `/api/v1/services/${area}`,
    path,
    { ids },
  );
}

const DASHSCOPE_RESOURCES = new Set(
  'tasks files apps uploads deployments fine-tunes tokens models services'.split(' '),
);
const DASHSCOPE_AREAS = new Set('aigc audio embeddings rerank vision nlp'.split(' '));

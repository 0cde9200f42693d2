import type { Dialect } from './platform.ts';

/** What a request asks a platform to do, as far as AIProxy treats it differently. */
export type OperationName =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'embeddings'
  | 'messages'
  | 'generate'
  | 'models'
  | 'image'
  | 'audio'
  | 'realtime'
  | 'other';

export interface Operation {
  readonly dialect: Dialect;
  readonly name: OperationName;
  /** Its name in statistics: ids and model names taken out, so that there are few. */
  readonly endpoint: string;
  /** The path in its canonical spelling (`/v1/chat/completions`), without query. */
  readonly path: string;
  /** Whether every platform that can serve it may, each at its own place. */
  readonly canonical: boolean;
  /** Whether the answer tells usage. */
  readonly metered: boolean;
  /** The model where the path names it. */
  readonly model: string | null;
}

const OPENAI: Readonly<Record<string, OperationName>> = Object.assign(Object.create(null), {
  'chat/completions': 'chat',
  completions: 'completions',
  responses: 'responses',
  embeddings: 'embeddings',
  models: 'models',
  'images/generations': 'image',
  'images/edits': 'image',
  'images/variations': 'image',
  'audio/speech': 'audio',
  'audio/transcriptions': 'audio',
  'audio/translations': 'audio',
} satisfies Record<string, OperationName>);

/** First segments of the OpenAI API; what follows `/v1/` otherwise is somebody's extension. */
const OPENAI_RESOURCES = new Set(
  `assistants audio batches chat completions containers conversations embeddings evals files
  fine_tuning images models moderations organization realtime responses threads uploads
  vector_stores videos`.split(/\s+/),
);

/** Literal segments that may stand behind an id; everything else behind a resource is one. */
const OPENAI_WORDS = new Set(
  `accept active_users admin_api_keys cancel checkpoints client_secrets calls completions content costs edits
  events file_batches files generations graders hangup input_items items jobs messages output_items parts
  pause permissions refer reject remix resume runs search speech steps submit_tool_outputs transcriptions
  transcription_sessions sessions translations translation usage validate variations voices vector_stores
  projects input_tokens compact complete run`.split(/\s+/),
);

const METERED = new Set<OperationName>([
  'chat',
  'completions',
  'responses',
  'embeddings',
  'messages',
  'generate',
  'image',
  'audio',
]);

function operation(
  dialect: Dialect,
  name: OperationName,
  endpoint: string,
  path: string,
  rest: { readonly canonical?: boolean; readonly model?: string | null } = {},
): Operation {
  return {
    dialect,
    name,
    endpoint,
    path,
    canonical: rest.canonical ?? false,
    metered: METERED.has(name),
    model: rest.model ?? null,
  };
}

/** `files/file-abc/content` → `files/{id}/content`. */
export function withoutIds(resource: string): string {
  const segments = resource.split('/');
  if (segments.length > 6) return `${segments[0]}/…`;
  return segments.map((word, at) => (at === 0 || OPENAI_WORDS.has(word) ? word : '{id}')).join('/');
}

function openai(resource: string, path: string, canonical: boolean, prefix: string): Operation {
  const exact = OPENAI[resource];
  if (exact !== undefined) return operation('openai', exact, `${prefix}${resource}`, path, { canonical });
  const first = resource.split('/', 1)[0] ?? '';
  if (!OPENAI_RESOURCES.has(first))
    return operation('openai', 'other', `${prefix}{other}`, path, { canonical });
  const name: OperationName = first === 'models' ? 'models' : first === 'realtime' ? 'realtime' : 'other';
  return operation('openai', name, `${prefix}${withoutIds(resource)}`, path, { canonical });
}

function anthropic(resource: string, path: string): Operation {
  if (resource === 'messages')
    return operation('anthropic', 'messages', '/v1/messages', path, { canonical: true });
  const [first, second, , fourth] = resource.split('/');
  if (first === 'models')
    return operation('anthropic', 'models', second ? '/v1/models/{id}' : '/v1/models', path, {
      canonical: true,
    });
  if (first !== 'messages')
    return operation('anthropic', 'other', `/v1/${first === 'files' ? 'files' : '{other}'}`, path);
  if (second === 'count_tokens') return operation('anthropic', 'other', '/v1/messages/count_tokens', path);
  const tail = fourth === 'results' || fourth === 'cancel' ? `/{id}/${fourth}` : '';
  return operation('anthropic', 'other', `/v1/messages/batches${tail}`, path);
}

const GEMINI_MODEL =
  /^\/(?:upload\/)?v1(?:beta\d*|alpha)?\/((?:models|tunedModels)\/[^/:]+)(?::([A-Za-z]+))?$/;

function gemini(path: string): Operation | null {
  const compatible = path.indexOf('/openai/');
  if (compatible > 0 && compatible <= 9) {
    return openai(path.slice(compatible + 8), path, false, `${path.slice(0, compatible)}/openai/`);
  }
  const match = GEMINI_MODEL.exec(path);
  if (match === null) return null;
  const model = decodeURIComponent((match[1] ?? '').replace(/^models\//, ''));
  const method = match[2];
  if (method === undefined) return operation('gemini', 'models', '/v1beta/models/{model}', path, { model });
  const verb = GEMINI_VERBS.has(method) ? method : '{other}';
  const name: OperationName = /[eE]mbedContent/.test(method)
    ? 'embeddings'
    : /enerateContent$/.test(method)
      ? 'generate'
      : 'other';
  return operation('gemini', name, `/v1beta/models/{model}:${verb}`, path, { model });
}

const GEMINI_VERBS = new Set(
  'generateContent streamGenerateContent embedContent batchEmbedContents countTokens predict predictLongRunning batchGenerateContent'.split(
    ' ',
  ),
);
const GEMINI_RESOURCES = new Set(
  'models files cachedContents tunedModels operations batches corpora fileSearchStores auth_tokens interactions'.split(
    ' ',
  ),
);

function geminiResource(path: string): Operation {
  const [, resource = ''] = /^\/(?:upload\/|download\/)?v1(?:beta\d*|alpha)?\/([A-Za-z_]+)/.exec(path) ?? [];
  const name: OperationName = resource === 'models' ? 'models' : 'other';
  return operation('gemini', name, `/v1beta/${GEMINI_RESOURCES.has(resource) ? resource : '{other}'}`, path);
}

function dashscope(path: string): Operation {
  if (path.startsWith('/compatible-mode/v1/')) {
    return openai(path.slice('/compatible-mode/v1/'.length), path, false, '/compatible-mode/v1/');
  }
  if (path.startsWith('/api-ws/')) {
    const realtime = path.includes('realtime');
    return operation('dashscope', 'realtime', `/api-ws/v1/${realtime ? 'realtime' : 'inference'}`, path);
  }
  const service = /^\/api\/v1\/services\/([a-z0-9-]+)\/([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(path);
  if (service === null) {
    const resource = path.split('/')[3] ?? '';
    return operation(
      'dashscope',
      'other',
      `/api/v1/${DASHSCOPE_RESOURCES.has(resource) ? resource : '{other}'}`,
      path,
    );
  }
  const [, area = '', task = ''] = service;
  if (!DASHSCOPE_AREAS.has(area)) return operation('dashscope', 'other', '/api/v1/services/{other}', path);
  return operation(
    'dashscope',
    task === 'text-embedding' ? 'embeddings' : 'generate',
    `/api/v1/services/${area}`,
    path,
  );
}

const DASHSCOPE_RESOURCES = new Set(
  'tasks files apps uploads deployments fine-tunes tokens models services'.split(' '),
);
const DASHSCOPE_AREAS = new Set('aigc audio embeddings rerank vision nlp'.split(' '));

const AZURE_DEPLOYMENT = /^\/openai\/deployments\/([^/]+)\/(.+)$/;

function azure(path: string): Operation {
  const deployment = AZURE_DEPLOYMENT.exec(path);
  if (deployment !== null) {
    const inner = openai(deployment[2] ?? '', path, false, '/openai/deployments/{deployment}/');
    return { ...inner, dialect: 'azure', model: decodeURIComponent(deployment[1] ?? '') };
  }
  const prefix = path.startsWith('/openai/v1/') ? '/openai/v1/' : '/openai/';
  return { ...openai(path.slice(prefix.length), path, false, prefix), dialect: 'azure' };
}

const OLLAMA: Readonly<Record<string, OperationName>> = Object.assign(Object.create(null), {
  '/api/chat': 'chat',
  '/api/generate': 'generate',
  '/api/embed': 'embeddings',
  '/api/embeddings': 'embeddings',
  '/api/tags': 'models',
  '/api/show': 'models',
  '/api/ps': 'models',
  '/api/version': 'other',
  '/api/pull': 'other',
  '/api/push': 'other',
  '/api/create': 'other',
  '/api/copy': 'other',
  '/api/delete': 'other',
} satisfies Record<string, OperationName>);

/** Whose SDK speaks, where its headers tell: `/v1/models` and `/v1/files` are paths of three APIs. */
export type ClientSdk = 'anthropic' | 'gemini';

function versionOne(path: string, sdk: ClientSdk | null): Operation {
  let resource = path.slice(4);
  while (resource.startsWith('v1/')) resource = resource.slice(3);
  const canonicalPath = `/v1/${resource}`;
  const first = resource.split('/', 1)[0] ?? '';
  if (first === 'messages' || first === 'complete') return anthropic(resource, canonicalPath);
  if (sdk === 'anthropic') return anthropic(resource, canonicalPath);
  if (sdk === 'gemini' && GEMINI_RESOURCES.has(first)) return gemini(path) ?? geminiResource(path);
  if (first === 'models' && resource.includes(':'))
    return gemini(path) ?? openai(resource, canonicalPath, true, '/v1/');
  return openai(resource, canonicalPath, true, '/v1/');
}

/** Canonical paths answer from here; ids and hostile paths do not enter, so it stays small. */
const MAX_CACHED = 256;
const cache = new Map<string, Operation>();

/**
 * What a path asks for.
 * @param path without query and `/channels/<id>` prefix, already checked
 * @param sdk whose SDK sent it, where that is known
 */
export function classify(path: string, sdk: ClientSdk | null): Operation {
  if (sdk !== null && path.startsWith('/v1/')) return versionOne(path, sdk);
  const known = cache.get(path);
  if (known !== undefined) return known;
  const found = derive(path);
  if (cache.size < MAX_CACHED && found.name !== 'other' && path.length < 100) cache.set(path, found);
  return found;
}

function derive(path: string): Operation {
  if (path.startsWith('/v1/')) return versionOne(path, null);
  if (/^\/(?:v1(?:beta\d*|alpha)|(?:upload|download)\/v1(?:beta\d*|alpha)?)\//.test(path))
    return gemini(path) ?? geminiResource(path);
  if (path.startsWith('/ws/google.ai.generativelanguage'))
    return operation('gemini', 'realtime', '/ws/google.ai.generativelanguage', path);
  if (path.startsWith('/openai/')) return azure(path);
  const ollama = OLLAMA[path];
  if (ollama !== undefined) return operation('raw', ollama, path, path);
  if (/^\/(?:compatible-mode|api-ws)\/|^\/api\/v1\//.test(path)) return dashscope(path);
  const resource = path.slice(1);
  if (OPENAI_RESOURCES.has(resource.split('/', 1)[0] ?? ''))
    return openai(resource, `/v1/${resource}`, true, '/v1/');
  return operation('raw', 'other', '{other}', path);
}

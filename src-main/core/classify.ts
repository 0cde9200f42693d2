import { idRules } from './id-rules.ts';
import { type Operation, operation } from './operation.ts';
import { anthropicOperation } from './operations/anthropic.ts';
import { azureOperation } from './operations/azure.ts';
import { dashscopeOperation } from './operations/dashscope.ts';
import { geminiOperation, geminiResource, isGeminiResource } from './operations/gemini.ts';
import { ollamaOperation } from './operations/ollama.ts';
import { isOpenaiResource, openaiOperation } from './operations/openai.ts';
import { lenientPairs, plainPath } from './plain-path.ts';

/** Whose SDK sent a request, where its headers tell: some paths are two APIs'. */
export type ClientSdk = 'anthropic' | 'gemini';

function versionOne(path: string, sdk: ClientSdk | null): Operation {
  let resource = path.slice(4);
  while (resource.startsWith('v1/')) resource = resource.slice(3);
  const canonicalPath = `/v1/${resource}`;
  const first = resource.split('/', 1)[0] ?? '';
  if (first === 'messages' || first === 'complete') return anthropicOperation(resource, canonicalPath);
  if (sdk === 'anthropic') return anthropicOperation(resource, canonicalPath);
  if (sdk === 'gemini' && isGeminiResource(first)) return geminiOperation(path) ?? geminiResource(path);
  if (first === 'models' && resource.includes(':'))
    return geminiOperation(path) ?? openaiOperation(resource, canonicalPath, true, '/v1/');
  return openaiOperation(resource, canonicalPath, true, '/v1/');
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
    return geminiOperation(path) ?? geminiResource(path);
  if (path.startsWith('/ws/google.ai.generativelanguage'))
    return operation('gemini', 'realtime', '/ws/google.ai.generativelanguage', path);
  if (path.startsWith('/openai/')) return azureOperation(path);
  const ollama = ollamaOperation(path);
  if (ollama !== null) return ollama;
  if (/^\/(?:compatible-mode|api-ws)\/|^\/api\/v1\//.test(path)) return dashscopeOperation(path);
  const resource = path.slice(1);
  if (isOpenaiResource(resource)) return openaiOperation(resource, `/v1/${resource}`, true, '/v1/');
  return operation('raw', 'other', '{other}', path);
}

/**
 * What a path asks for however it is spelled; it is sent on as it came.
 * @param path without query and `/channels/<id>` prefix, already checked
 */
export function classifySent(path: string, sdk: ClientSdk | null): Operation {
  const plain = plainPath(path);
  const found = classify(plain, sdk);
  const pairs = lenientPairs(plain);
  if (plain === path && pairs === null) return found;
  const { path: sent, canonical } = classify(path, sdk);
  const ids =
    pairs === null ? found.ids : idRules({ ...found.ids, named: [...(found.ids?.named ?? []), ...pairs] });
  return { ...found, path: sent, canonical, ids };
}

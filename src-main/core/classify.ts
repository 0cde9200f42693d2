import { idRules } from './id-rules.ts';
import { type Operation, operation } from './operation.ts';
import { anthropicOperation } from './operations/anthropic.ts';
import { azureOperation } from './operations/azure.ts';
import { dashscopeOperation } from './operations/dashscope.ts';
import { geminiOperation, geminiResource, isGeminiResource } from './operations/gemini.ts';
import { ollamaOperation } from './operations/ollama.ts';
import { isOpenaiResource, openaiOperation } from './operations/openai.ts';
import { OPENAI_RESOURCES, OPENAI_WORDS } from './operations/openai-paths.ts';
import { lenientPairs, lenientPath, plainPath } from './plain-path.ts';

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

/** What Anthropic's SDK asks for where its base address has no `/v1`. */
const ANTHROPIC_RESOURCES = /^\/(?:messages|complete|models|files)(?:\/|$)/;

/** Another API's own path stays that; what is nobody's is Anthropic's (`anthropic-version`). */
function ofAnthropicSdk(path: string): Operation {
  if (ANTHROPIC_RESOURCES.test(path)) return withoutVersion(path);
  const found = derive(path);
  return found.dialect === 'raw' && !isKnown(found) ? { ...found, dialect: 'anthropic' } : found;
}

/** An operation whose address lacks `/v1`: every platform gets it at its own place. */
const withoutVersion = (path: string): Operation => ({
  ...anthropicOperation(path.slice(1), `/v1${path}`),
  canonical: true,
});

/** Canonical paths answer from here; ids and hostile paths do not enter, so it stays small. */
const MAX_CACHED = 256;
const cache = new Map<string, Operation>();

/**
 * What a path asks for.
 * @param path without query and `/channels/<id>` prefix, already checked
 * @param sdk whose SDK sent it, where that is known
 */
export function classify(path: string, sdk: ClientSdk | null): Operation {
  if (sdk !== null) {
    if (path.startsWith('/v1/')) return versionOne(path, sdk);
    if (sdk === 'anthropic') return ofAnthropicSdk(path);
  }
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
  if (/^\/(?:compatible-mode|api-ws|apps)\/|^\/api\/v(?:1|2\/apps\/protocols)\//.test(path))
    return dashscopeOperation(path);
  if (/^\/messages(?:\/|$)/.test(path)) return withoutVersion(path);
  const resource = path.slice(1);
  if (isOpenaiResource(resource)) return openaiOperation(resource, `/v1/${resource}`, true, '/v1/');
  return operation('raw', 'other', '{other}', path);
}

const MAY_BE_LENIENT = /[%;A-Z]/;
/** Words of all APIs' paths that a server may read in any case. */
const OTHER_WORDS = new Set(
  `v1 v1beta openai deployments models api api-ws compatible-mode services aigc embeddings messages complete
  count_tokens batches generate chat embed show tags`.split(/\s+/),
);
const isPathWord = (segment: string): boolean =>
  OTHER_WORDS.has(segment) || OPENAI_WORDS.has(segment) || OPENAI_RESOURCES.has(segment);

const isKnown = ({ endpoint }: Operation): boolean => !/\{other\}|…/.test(endpoint);

/** The operation that a lenient server sees in a path, where that is one whose use counts or one that is known at all. */
function judged(plain: string, found: Operation, sdk: ClientSdk | null): Operation {
  if (found.metered || !MAY_BE_LENIENT.test(plain)) return found;
  const path = lenientPath(plain, isPathWord);
  if (path === plain) return found;
  const lenient = classify(path, sdk);
  return isKnown(lenient) && (lenient.metered || !isKnown(found)) ? lenient : found;
}

/** The models that a path names as it stands, and for a server that decodes it whole. */
export function modelsInPath(path: string, sdk: ClientSdk | null): readonly string[] {
  const plain = plainPath(path);
  return [plain, lenientPath(plain, isPathWord)].flatMap((each) => classify(each, sdk).model ?? []);
}

/**
 * What a path asks for however it is spelled; it is sent on as it came.
 * @param path without query and `/channels/<id>` prefix, already checked
 */
export function classifySent(path: string, sdk: ClientSdk | null): Operation {
  const plain = plainPath(path);
  const written = classify(plain, sdk);
  const found = judged(plain, written, sdk);
  const pairs = lenientPairs(plain);
  if (plain === path && pairs === null && found === written) return found;
  const { path: sent, canonical } = classify(path, sdk);
  const ids =
    pairs === null ? found.ids : idRules({ ...found.ids, named: [...(found.ids?.named ?? []), ...pairs] });
  return { ...found, path: sent, canonical, ids };
}

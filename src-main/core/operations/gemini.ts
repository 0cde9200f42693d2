import { decodedSegment } from '../decoded-segment.ts';
import { geminiIds } from '../id-rules/gemini.ts';
import { type Operation, type OperationName, operation } from '../operation.ts';
import { openaiOperation } from './openai.ts';

const GEMINI_MODEL =
  /^\/(?:upload\/)?v1(?:beta\d*|alpha)?\/((?:models|tunedModels)\/[^/:]+)(?::([A-Za-z]+))?$/;

/** An operation on a model, or of the OpenAI-compatible surface; `null` where the path is neither. */
export function geminiOperation(path: string): Operation | null {
  const compatible = path.indexOf('/openai/');
  if (compatible > 0 && compatible <= 9) {
    return openaiOperation(path.slice(compatible + 8), path, false, `${path.slice(0, compatible)}/openai/`);
  }
  const match = GEMINI_MODEL.exec(path);
  if (match === null) return null;
  const model = decodedSegment((match[1] ?? '').replace(/^models\//, ''));
  const method = match[2];
  if (method === undefined) return operation('gemini', 'models', '/v1beta/models/{model}', path, { model });
  const verb = GEMINI_VERBS.has(method) ? method : '{other}';
  const name: OperationName = /[eE]mbedContent/.test(method)
    ? 'embeddings'
    : /enerateContent$/.test(method)
      ? 'generate'
      : 'other';
  return operation('gemini', name, `/v1beta/models/{model}:${verb}`, path, { model, ids: geminiIds(path) });
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

/** Any other resource of Gemini's API. */
export function geminiResource(path: string): Operation {
  const [, resource = ''] = /^\/(?:upload\/|download\/)?v1(?:beta\d*|alpha)?\/([A-Za-z_]+)/.exec(path) ?? [];
  const name: OperationName = resource === 'models' ? 'models' : 'other';
  const known = GEMINI_RESOURCES.has(resource) ? resource : '{other}';
  return operation('gemini', name, `/v1beta/${known}`, path, { ids: geminiIds(path) });
}

/** Whether a first segment is one of Gemini's resources. */
export const isGeminiResource = (segment: string): boolean => GEMINI_RESOURCES.has(segment);

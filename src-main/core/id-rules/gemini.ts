import { type IdPlace, type IdRules, idRules, inBody, inHeader, KEPT_DAYS, pairsIn } from '../id-rules.ts';

const { hours, month, lasting } = KEPT_DAYS;

/** Names there say what they are names of: `files/abc`, `models/veo/operations/xyz`. */
const named = (days: number): readonly IdPlace[] => [inBody(null, days, 'name')];

/** What a POST to a collection makes. Files are kept for 48 hours; the Python SDK sends their bytes without a key. */
const MADE: Readonly<Record<string, readonly IdPlace[]>> = Object.assign(Object.create(null), {
  files: [inBody(null, hours, 'file.name'), inHeader('x-goog-upload-url', 'uploads', true)],
  cachedContents: named(month),
  fileSearchStores: named(lasting),
  interactions: [inBody('interactions', month, 'id', 'interaction.id')],
} satisfies Record<string, readonly IdPlace[]>);

/** What a call of a model makes that goes on after its answer. */
const MADE_BY_VERB: Readonly<Record<string, readonly IdPlace[]>> = Object.assign(Object.create(null), {
  batchGenerateContent: named(month),
  asyncBatchEmbedContent: named(month),
  predictLongRunning: named(hours),
} satisfies Record<string, readonly IdPlace[]>);

const TOLD = new Map([
  ['batches', [inBody(null, hours, 'metadata.output.responsesFile', 'response.responsesFile')]],
]);

const CACHED = new Map([['cachedContent', null]]);
const INTERACTION_MEMBERS = new Map([['previous_interaction_id', 'interactions']]);
const GENERATE = idRules({ members: CACHED });
const UPLOAD_QUERY = ['upload_id', 'uploads'] as const;

const RESOURCE = /^\/(?:upload\/|download\/)?v1(?:beta\d*|alpha)?\/([^:]+)(?::(.*))?$/;

/** Gemini's ids (npm `@google/genai`). @param path without query */
export function geminiIds(path: string): IdRules | null {
  const [, resource = '', verb = ''] = RESOURCE.exec(path) ?? [];
  const [collection = '', id] = resource.split('/', 2);
  if (collection === 'models') return modelIds(resource, verb);
  return idRules({
    named: pairsIn(resource),
    members: collection === 'interactions' ? INTERACTION_MEMBERS : null,
    queried: path.startsWith('/upload/') ? UPLOAD_QUERY : null,
    made: id === undefined && verb === '' ? (MADE[collection] ?? []) : [],
    lasting: collection === 'interactions' ? 'unless store is false' : 'always',
    told: TOLD.get(collection) ?? [],
  });
}

function modelIds(resource: string, verb: string): IdRules | null {
  if (/enerateContent$/.test(verb) && MADE_BY_VERB[verb] === undefined) return GENERATE;
  const made = MADE_BY_VERB[verb];
  if (made !== undefined) return idRules({ made });
  return resource.includes('/operations/') ? idRules({ named: pairsIn(resource) }) : null;
}
